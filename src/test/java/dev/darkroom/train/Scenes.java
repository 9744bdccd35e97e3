package dev.darkroom.train;

import dev.darkroom.train.photo.Photograph;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/** Photographs made up for tests: gradients, stripes and an edge, each with its own numbers. */
public final class Scenes {
    private Scenes() {}

    public static List<Photograph> photographs(int count, int width, int height) {
        List<Photograph> photographs = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            photographs.add(new Photograph("scene-" + number, width, height, rgb(width, height, number)));
        }
        return photographs;
    }

    public static Path write(Path file, int width, int height, int number) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        byte[] rgb = rgb(width, height, number);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, (rgb[3 * i] & 0xff) << 16 | (rgb[3 * i + 1] & 0xff) << 8 | rgb[3 * i + 2] & 0xff);
        }
        try {
            ImageIO.write(image, "png", file.toFile());
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] rgb(int width, int height, int number) {
        byte[] rgb = new byte[3 * width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double stripes = 40 * Math.sin((x + number * y) / (3.0 + number));
                double edge = x > width / 2 + number ? 60 : 0;
                for (int channel = 0; channel < 3; channel++) {
                    rgb[3 * (y * width + x) + channel] = (byte) Math.max(0, Math.min(255, 60 + 30 * channel + 50.0 * y / height + stripes + edge));
                }
            }
        }
        return rgb;
    }
}
