package dev.darkroom.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imwrite;

import java.nio.file.Path;
import org.bytedeco.opencv.opencv_core.Mat;

/** Picture files made by arithmetic. */
public final class TestPhotos {

    private TestPhotos() {}

    /** A smooth colour gradient in mid-tones, so that moderate noise is not clipped. */
    public static Path gradient(Path file, int width, int height) {
        byte[] bgr = new byte[3 * width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int pixel = 3 * (y * width + x);
                bgr[pixel] = (byte) 120;
                bgr[pixel + 1] = (byte) (100 + 50 * y / height);
                bgr[pixel + 2] = (byte) (100 + 50 * x / width);
            }
        }
        return write(file, width, height, bgr);
    }

    public static Path write(Path file, int width, int height, byte[] bgr) {
        try (Mat mat = new Mat(height, width, CV_8UC3)) {
            mat.data().put(bgr);
            assertThat(imwrite(file.toString(), mat)).isTrue();
        }
        return file;
    }
}
