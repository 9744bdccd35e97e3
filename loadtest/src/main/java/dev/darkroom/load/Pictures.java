package dev.darkroom.load;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.ImageIO;

/** Uploads made of the repository's own photographs, with noise, in any size. */
final class Pictures {
    private static final double SIGMA_255 = 15;

    private final File folder;

    /** @param folder with astronaut.png, chelsea.png and coffee.png */
    Pictures(File folder) {
        this.folder = folder;
    }

    /** @param format jpg or png */
    byte[] noisy(String photograph, int width, int height, String format) {
        return file(noisy(enlarged(photograph, width, height), BufferedImage.TYPE_INT_RGB), format);
    }

    /** One channel, as a sensor gives it; which colour a sample has does not matter to a load test. */
    byte[] mosaic(String photograph, int width, int height) {
        return file(noisy(enlarged(photograph, width, height), BufferedImage.TYPE_BYTE_GRAY), "png");
    }

    private BufferedImage enlarged(String photograph, int width, int height) {
        try {
            BufferedImage photo = ImageIO.read(new File(folder, photograph + ".png"));
            var scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = scaled.createGraphics();
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
            graphics.drawImage(photo, 0, 0, width, height, null);
            graphics.dispose();
            return scaled;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BufferedImage noisy(BufferedImage clean, int type) {
        var random = new Random(1);
        var noisy = new BufferedImage(clean.getWidth(), clean.getHeight(), type);
        for (int y = 0; y < clean.getHeight(); y++) {
            for (int x = 0; x < clean.getWidth(); x++) {
                int rgb = 0;
                for (int shift = 0; shift <= 16; shift += 8) {
                    long value = Math.round((clean.getRGB(x, y) >> shift & 255) + SIGMA_255 * random.nextGaussian());
                    rgb |= (int) Math.max(0, Math.min(255, value)) << shift;
                }
                noisy.setRGB(x, y, rgb);
            }
        }
        return noisy;
    }

    private static byte[] file(BufferedImage image, String format) {
        try {
            var bytes = new ByteArrayOutputStream();
            if (!ImageIO.write(image, format, bytes)) {
                throw new IllegalArgumentException("no writer for " + format);
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
