package dev.darkroom.train;

import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imread;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2RGB;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.opencv.opencv_core.Mat;

/** Reads every photograph below a folder into memory, saying what it left out and why. */
final class PhotoFolder {
    private static final Set<String> EXTENSIONS = Set.of("jpg", "jpeg", "png", "tif", "tiff", "webp", "bmp");

    private PhotoFolder() {}

    /**
     * @param smallestSide photographs with a shorter side are left out
     * @return the photographs in the order of their paths
     * @throws TrainingException if the folder holds no photograph that can be used
     */
    static List<Photograph> read(Path folder, int smallestSide, java.util.function.Consumer<String> warnings) {
        List<Photograph> photographs = new ArrayList<>();
        for (Path file : pictures(folder)) {
            try (Mat picture = imread(file.toString(), IMREAD_COLOR)) {
                String name = folder.relativize(file).toString();
                if (picture.empty()) {
                    warnings.accept("left out " + name + ": not a picture that can be read");
                } else if (Math.min(picture.cols(), picture.rows()) < smallestSide) {
                    warnings.accept("left out %s: %dx%d is smaller than a crop of %d"
                            .formatted(name, picture.cols(), picture.rows(), smallestSide));
                } else {
                    photographs.add(photograph(name, picture));
                }
            }
        }
        if (photographs.isEmpty()) {
            throw new TrainingException("no photograph of at least " + smallestSide + " pixels a side in " + folder);
        }
        return photographs;
    }

    private static List<Path> pictures(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new TrainingException(folder + " is not a folder");
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).filter(PhotoFolder::looksLikeAPicture).sorted().toList();
        } catch (IOException e) {
            throw new TrainingException("cannot list " + folder + ": " + e.getMessage(), e);
        }
    }

    private static boolean looksLikeAPicture(Path file) {
        String name = file.getFileName().toString();
        return EXTENSIONS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    private static Photograph photograph(String name, Mat bgr) {
        cvtColor(bgr, bgr, COLOR_BGR2RGB);
        byte[] rgb = new byte[Math.multiplyExact(3, Math.multiplyExact(bgr.cols(), bgr.rows()))];
        bgr.data().get(rgb);
        return new Photograph(name, bgr.cols(), bgr.rows(), rgb);
    }
}
