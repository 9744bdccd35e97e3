package dev.darkroom.train.photo;

import dev.darkroom.image.ImageDecoder;
import dev.darkroom.image.ImageLimits;
import dev.darkroom.image.ImageProbe;
import dev.darkroom.image.Photo;
import dev.darkroom.image.Raster;
import dev.darkroom.image.file.ImageException;
import dev.darkroom.image.file.JpegCoding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A picture in a data folder, read as 8-bit RGB. */
public record PhotoFile(Path path) {

    private static final Set<String> EXTENSIONS = Set.of("png", "jpg", "jpeg", "webp", "tif", "tiff", "bmp");
    private static final ImageLimits LIMITS = new ImageLimits(65_535, 65_535, 500);
    private static final ImageDecoder DECODER = new ImageDecoder(LIMITS);

    /**
     * The pictures of a folder, sorted by name.
     *
     * @throws PhotoFileException if it is no folder or holds none
     */
    public static List<PhotoFile> in(Path folder) {
        List<PhotoFile> photos = sorted(folder, 1);
        if (photos.isEmpty()) {
            throw PhotoFileException.empty(folder);
        }
        return photos;
    }

    /** The pictures of a folder and of those in it, sorted by path; possibly none. */
    public static List<PhotoFile> below(Path folder) {
        return sorted(folder, Integer.MAX_VALUE);
    }

    private static List<PhotoFile> sorted(Path folder, int depth) {
        if (!Files.isDirectory(folder)) {
            throw PhotoFileException.noFolder(folder);
        }
        try (Stream<Path> entries = Files.walk(folder, depth)) {
            return entries.filter(PhotoFile::hasKnownExtension).sorted().map(PhotoFile::new).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Decodes the picture.
     *
     * @throws PhotoFileException if it is damaged or no picture
     */
    public Photograph read() {
        try (Photo photo = DECODER.decode(ByteBuffer.wrap(Files.readAllBytes(path)))) {
            Raster pixels = photo.pixels();
            return new Photograph(path.getFileName().toString(), pixels.width(), pixels.height(), rgb(pixels));
        } catch (IOException | ImageException e) {
            throw PhotoFileException.unreadable(path);
        }
    }

    /**
     * What it says about what JPEG has lost; empty if it is no JPEG file.
     *
     * @throws PhotoFileException if it is damaged or no picture
     */
    public Optional<JpegCoding> jpeg() {
        try {
            return ImageProbe.probe(ByteBuffer.wrap(Files.readAllBytes(path)), LIMITS).jpeg();
        } catch (IOException | ImageException e) {
            throw PhotoFileException.unreadable(path);
        }
    }

    /** The file's name without its ending. */
    public String stem() {
        return path.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    }

    /** Gray becomes three equal channels; of 16 bits the upper eight stay. */
    private static byte[] rgb(Raster pixels) {
        ByteBuffer samples = ByteBuffer.allocateDirect(Math.toIntExact(pixels.bytes(pixels.bounds())));
        pixels.read(pixels.bounds(), samples);
        int bytes = pixels.bits() / 8;
        byte[] rgb = new byte[Math.multiplyExact(3, Math.multiplyExact(pixels.width(), pixels.height()))];
        for (int i = 0; i < rgb.length; i++) {
            int sample = pixels.channels() == 3 ? i : i / 3;
            rgb[i] = samples.get(sample * bytes + bytes - 1);
        }
        return rgb;
    }

    private static boolean hasKnownExtension(Path path) {
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        return EXTENSIONS.contains(name.substring(name.lastIndexOf('.') + 1)) && Files.isRegularFile(path);
    }
}
