package dev.darkroom.train;

import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imread;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.opencv.opencv_core.Mat;

/** A picture in a data folder, read as 8-bit RGB. */
record PhotoFile(Path path) {

    private static final Set<String> EXTENSIONS = Set.of("png", "jpg", "jpeg", "webp", "tif", "tiff", "bmp");

    /**
     * The pictures of a folder, sorted by name.
     *
     * @throws PhotoFileException if it is no folder or holds none
     */
    static List<PhotoFile> in(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw PhotoFileException.noFolder(folder);
        }
        try (Stream<Path> entries = Files.list(folder)) {
            List<PhotoFile> photos = entries.filter(PhotoFile::hasKnownExtension).sorted().map(PhotoFile::new).toList();
            if (photos.isEmpty()) {
                throw PhotoFileException.empty(folder);
            }
            return photos;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Decodes the picture.
     *
     * @throws PhotoFileException if it is damaged or no picture
     */
    Photo read() {
        try (Mat bgr = imread(path.toString(), IMREAD_COLOR)) {
            if (bgr == null || bgr.empty()) {
                throw PhotoFileException.unreadable(path);
            }
            byte[] interleaved = new byte[bgr.rows() * bgr.cols() * 3];
            bgr.data().get(interleaved);
            return new Photo(bgr.cols(), bgr.rows(), planarRgb(interleaved));
        }
    }

    private static float[] planarRgb(byte[] bgr) {
        int pixels = bgr.length / 3;
        float[] planes = new float[bgr.length];
        for (int i = 0; i < pixels; i++) {
            for (int channel = 0; channel < 3; channel++) {
                planes[channel * pixels + i] = (bgr[3 * i + 2 - channel] & 0xff) / 255f;
            }
        }
        return planes;
    }

    private static boolean hasKnownExtension(Path path) {
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        return EXTENSIONS.contains(name.substring(name.lastIndexOf('.') + 1)) && Files.isRegularFile(path);
    }

    /**
     * A decoded picture.
     *
     * @param values RGB in [0,1], planar (3,H,W)
     */
    record Photo(int width, int height, float[] values) {}
}
