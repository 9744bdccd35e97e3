package dev.darkroom.fuzz;

import dev.darkroom.http.MalformedFormException;
import dev.darkroom.image.ImageDecoder;
import dev.darkroom.image.ImageLimits;
import dev.darkroom.image.codec.PixelDecoder;
import dev.darkroom.image.file.DamagedImageException;
import dev.darkroom.image.file.ImageTooLargeException;
import dev.darkroom.image.file.UnsupportedImageException;
import dev.darkroom.model.CheckpointId;
import dev.darkroom.model.Manifest;
import dev.darkroom.model.ManifestException;
import dev.darkroom.model.Task;
import dev.darkroom.model.numpy.MalformedArchiveException;
import dev.darkroom.model.numpy.NumpyArchive;
import dev.darkroom.model.numpy.NumpyWriter;
import dev.darkroom.model.pytorch.StateDictionary;
import dev.darkroom.model.pytorch.StateDictionaryException;
import dev.darkroom.model.torchscript.DamagedArchiveException;
import dev.darkroom.model.torchscript.ForbiddenScriptException;
import dev.darkroom.model.torchscript.TorchScriptFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What comes from strangers, who reads it, and how it may be refused. */
enum Untrusted {
    MANIFEST(onDisk(file -> Manifest.read(new CheckpointId(Task.DEBLUR, "baseline", 1), file)), ManifestException.class),
    TORCHSCRIPT(onDisk(file -> {
        try (TorchScriptFile archive = TorchScriptFile.open(file)) {
            if (archive.hasCode()) {
                archive.requireOnlyCalculates();
            }
        }
    }), DamagedArchiveException.class, ForbiddenScriptException.class),
    STATE_DICTIONARY(onDisk(StateDictionary::read), StateDictionaryException.class),
    NUMPY(onDisk(NumpyArchive::read), MalformedArchiveException.class),
    IMAGE(bytes -> new ImageDecoder(new ImageLimits(2000, 2000, 1)).decode(ByteBuffer.wrap(PngChecksums.corrected(bytes))).close(),
            UnsupportedImageException.class, ImageTooLargeException.class, DamagedImageException.class),
    /** Numbers that decide how a sound picture is changed by its grammar. */
    STRUCTURE(bytes -> Structures.RESTORING.accept(new Grammar(Structures.SEEDS, new Choices(bytes)).next()),
            UnsupportedImageException.class, ImageTooLargeException.class, DamagedImageException.class),
    DNG(SeedRawFiles::develop, UnsupportedImageException.class, ImageTooLargeException.class, DamagedImageException.class),
    FORM(Form::read, MalformedFormException.class);

    private static final Path RESOURCES = Path.of("src/test/resources/dev/darkroom");

    private interface Reader {
        void read(byte[] bytes) throws IOException;
    }

    private interface FileReader {
        void read(Path file) throws IOException;
    }

    private final Reader reader;
    private final Set<Class<? extends Exception>> refusals;

    @SafeVarargs
    Untrusted(Reader reader, Class<? extends Exception>... refusals) {
        this.reader = reader;
        this.refusals = Set.of(refusals);
    }

    /**
     * Whether the bytes were accepted; false if they were refused.
     *
     * @throws RuntimeException whatever else happened, which is a fault of the reader
     */
    boolean accepts(byte[] bytes) {
        try {
            reader.read(bytes);
            return true;
        } catch (Exception e) {
            if (refusals.stream().noneMatch(refusal -> refusal.isInstance(e))) {
                throw new IllegalStateException("refused by accident", e);
            }
            return false;
        }
    }

    /** Sound ones. */
    List<byte[]> seeds() throws IOException {
        return switch (this) {
            case MANIFEST -> resources("manifest.json");
            case TORCHSCRIPT -> resources(".pt");
            case STATE_DICTIONARY -> resources(".pth");
            case NUMPY -> List.of(NumpyWriter.archive(
                    new TreeMap<>(Map.of("weight.npy", NumpyWriter.floats("2, 3", 1, 2, 3, 4, 5, 6), "bias.npy", NumpyWriter.floats("2,", 1, 2)))));
            case IMAGE -> SeedImages.sound();
            case STRUCTURE -> Structures.choices();
            case DNG -> SeedRawFiles.sound();
            case FORM -> Form.seeds();
        };
    }

    /** In this process, where a fuzzer sees which code is reached. */
    private static final class Structures {
        static final List<byte[]> SEEDS = SeedImages.sound();
        static final Restoring RESTORING = new Restoring(PixelDecoder.INSIDE);

        static List<byte[]> choices() {
            var random = new Random(1);
            return Stream.generate(() -> {
                byte[] choices = new byte[32];
                random.nextBytes(choices);
                return choices;
            }).limit(64).toList();
        }
    }

    private static List<byte[]> resources(String ending) throws IOException {
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            var seeds = new ArrayList<byte[]>();
            for (Path file : files.filter(path -> path.toString().endsWith(ending) && path.toFile().length() < 1 << 17).toList()) {
                seeds.add(Files.readAllBytes(file));
            }
            return seeds;
        }
    }

    private static Reader onDisk(FileReader reader) {
        return bytes -> {
            Path file = Files.createTempFile("untrusted", ".bin");
            try {
                Files.write(file, bytes);
                reader.read(file);
            } finally {
                Files.delete(file);
            }
        };
    }
}
