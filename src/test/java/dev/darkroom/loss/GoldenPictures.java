package dev.darkroom.loss;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.darkroom.loss.measure.Convention;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** The pairs whose values were computed elsewhere: two made by arithmetic, the others photographs beside the project. */
public final class GoldenPictures {

    private static final Path PAIRS = Path.of("../shared/golden/pairs");
    private static final String BY_ARITHMETIC = "formula-";

    private GoldenPictures() {}

    /** The candidate in 8-bit steps, in float64; skips the test where the photograph is not at hand. */
    public static NDArray candidate(NDManager manager, String pair) {
        return pair.startsWith(BY_ARITHMETIC)
                ? Convention.RGB_8BIT.apply(TestPictures.candidate(manager, side(pair)))
                : photograph(manager, pair + "-candidate.png");
    }

    /** The reference in 8-bit steps, in float64; skips the test where the photograph is not at hand. */
    public static NDArray reference(NDManager manager, String pair) {
        return pair.startsWith(BY_ARITHMETIC)
                ? Convention.RGB_8BIT.apply(TestPictures.reference(manager, side(pair)))
                : photograph(manager, pair + "-reference.png");
    }

    private static int side(String pair) {
        return Integer.parseInt(pair.substring(BY_ARITHMETIC.length()));
    }

    private static NDArray photograph(NDManager manager, String name) {
        BufferedImage image = read(PAIRS.resolve(name));
        int pixels = image.getWidth() * image.getHeight();
        double[] values = new double[3 * pixels];
        for (int i = 0; i < pixels; i++) {
            int rgb = image.getRGB(i % image.getWidth(), i / image.getWidth());
            for (int channel = 0; channel < 3; channel++) {
                values[channel * pixels + i] = (rgb >> (16 - 8 * channel) & 0xff) / 255.0;
            }
        }
        return manager.create(values, new Shape(1, 3, image.getHeight(), image.getWidth()));
    }

    private static BufferedImage read(Path file) {
        assumeTrue(Files.exists(file), "the photographs are not here");
        try {
            return ImageIO.read(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
