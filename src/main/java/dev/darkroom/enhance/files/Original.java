package dev.darkroom.enhance.files;

import dev.darkroom.image.ImageProbe;
import dev.darkroom.image.container.ImageFile;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.UnsupportedImageException;
import dev.darkroom.image.raw.RawFile;
import dev.darkroom.model.Task;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A file to enhance, or standard input.
 *
 * @param folder that was named instead of the file itself, of which it is a part
 */
record Original(Path file, Optional<Path> folder) {
    /** What stands for standard input and output. */
    static final Path STANDARD = Path.of("-");
    private static final int LONGEST_HEAD = 1 << 16;

    /** The files that {@code named} are or have in them, without hidden ones and those in a folder of results within. */
    static List<Original> in(Path named, Optional<Path> results) throws IOException {
        if (!Files.isDirectory(named)) {
            return List.of(new Original(named, Optional.empty()));
        }
        Optional<Path> excluded = results.map(Original::canonical).filter(folder -> !canonical(named).startsWith(folder));
        try (Stream<Path> files = Files.walk(named)) {
            return files.filter(Files::isRegularFile).filter(file -> !isHidden(named.relativize(file)))
                    .filter(file -> excluded.isEmpty() || !canonical(file).startsWith(excluded.get()))
                    .sorted().map(file -> new Original(file, Optional.of(named))).toList();
        }
    }

    private static Path canonical(Path path) {
        return path.toAbsolutePath().normalize();
    }

    private static boolean isHidden(Path relative) {
        for (Path part : relative) {
            if (part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    boolean isStandardInput() {
        return folder.isEmpty() && file.equals(STANDARD);
    }

    /** What its shard is decided by: the same wherever the folder is mounted. */
    String name() {
        return folder.map(root -> root.relativize(file).toString().replace('\\', '/')).orElseGet(file::toString);
    }

    /** All of it; a file is not read before somebody looks. */
    ByteBuffer bytes() throws IOException {
        if (isStandardInput()) {
            return ByteBuffer.wrap(System.in.readAllBytes());
        }
        if (!Files.isRegularFile(file)) {
            return ByteBuffer.wrap(Files.readAllBytes(file));
        }
        try (FileChannel channel = FileChannel.open(file)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
        }
    }

    /** Whether a folder has it among its pictures, though it is none. */
    boolean isStray() throws IOException {
        if (folder.isEmpty()) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file)) {
            ImageFile.of(channel.map(FileChannel.MapMode.READ_ONLY, 0, Math.min(LONGEST_HEAD, channel.size())));
            return false;
        } catch (UnsupportedImageException e) {
            return Arrays.stream(ImageFormat.values()).flatMap(format -> format.extensions().stream()).noneMatch(this::endsWith);
        }
    }

    /**
     * Finds out what is wrong with it before anything is computed; what can be read only once is not looked at.
     *
     * @param first task that is to be done with it: one of them takes DNGs
     * @throws IOException      if it cannot be read
     * @throws RuntimeException as {@link ImageProbe#probe} or {@link RawFile#of}
     */
    void check(Task first, OptionalInt page) throws IOException {
        if (isStandardInput()) {
            return;
        }
        if (!Files.exists(file)) {
            throw new NoSuchFileException("there is no such file");
        }
        if (Files.isRegularFile(file)) {
            try (Opened opened = Opened.of(this, page)) {
                if (first == Task.DEMOSAIC && ImageFile.of(opened.bytes()).isDng()) {
                    RawFile.of(opened.bytes());
                } else {
                    ImageProbe.probe(opened.bytes());
                }
            }
        }
    }

    private boolean endsWith(String extension) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith("." + extension);
    }

    /** Beside it, or in the results' folder; of a folder's files under the same name, with the format's ending if it has another. */
    Path target(Optional<Path> results, ImageFormat format) {
        String name = isStandardInput() ? "stdin" : file.getFileName().toString();
        String ending = "." + format.extensions().get(0);
        if (folder.isPresent()) {
            String same = format.extensions().stream().anyMatch(this::endsWith) ? name : name + ending;
            return results.orElseThrow().resolve(folder.get().relativize(file).toString()).resolveSibling(same);
        }
        String stem = name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name;
        String enhanced = stem + ".enhanced" + ending;
        return results.map(directory -> directory.resolve(enhanced)).orElseGet(() -> file.resolveSibling(enhanced));
    }
}
