package dev.darkroom.image;

import static org.bytedeco.opencv.global.opencv_core.NORM_INF;
import static org.bytedeco.opencv.global.opencv_core.extractChannel;
import static org.bytedeco.opencv.global.opencv_core.norm;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_GRAY2BGR;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import java.util.Optional;
import org.bytedeco.opencv.opencv_core.Mat;

/** Gray pictures in files with three channels, which many programs write. */
final class GrayInColour {
    private static final int STRIP_PIXELS = 1 << 18;

    private GrayInColour() {}

    /** The same picture with one channel, if red, green and blue are equal in every pixel. */
    static Optional<Raster> oneChannel(Raster raster) {
        return raster.lend(pixels -> {
            if (raster.channels() == 1 || !hasEqualChannels(pixels)) {
                return Optional.empty();
            }
            var gray = new Mat();
            extractChannel(pixels, gray, 0);
            return Optional.of(raster.toned(gray));
        });
    }

    /** A gray picture with three equal channels. */
    static Raster threeChannels(Raster gray) {
        return gray.lend(pixels -> {
            var colours = new Mat();
            cvtColor(pixels, colours, COLOR_GRAY2BGR);
            return gray.toned(colours);
        });
    }

    /** Strip by strip: a picture in colour shows it in the first. */
    private static boolean hasEqualChannels(Mat pixels) {
        int rows = Math.max(1, STRIP_PIXELS / pixels.cols());
        try (var blue = new Mat(); var other = new Mat()) {
            for (int y = 0; y < pixels.rows(); y += rows) {
                try (var strip = pixels.rowRange(y, Math.min(pixels.rows(), y + rows))) {
                    extractChannel(strip, blue, 0);
                    for (int channel = 1; channel < 3; channel++) {
                        extractChannel(strip, other, channel);
                        if (norm(blue, other, NORM_INF, null) > 0) {
                            return false;
                        }
                    }
                }
            }
        }
        return true;
    }
}
