package dev.darkroom.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.darkroom.loss.measure.Convention;
import dev.darkroom.loss.measure.Measure;
import dev.darkroom.loss.network.FeatureNetwork;
import dev.darkroom.loss.network.FeatureNetworks;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Values on the published weights, computed from the formulas elsewhere in float64; those of LPIPS agree with the package
 * {@code lpips} 0.1.4.
 */
class NetworkMeasuresGoldenTest {

    private static final Path PAIRS = Path.of("../shared/golden/pairs");

    private static FeatureNetworks networks;

    private final NDManager manager = NDManager.newBaseManager();

    @BeforeAll
    static void install() {
        networks = PublishedWeights.networks();
    }

    @AfterAll
    static void closeNetworks() {
        if (networks != null) {
            networks.close();
        }
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @CsvSource({
        "formula-64, lpips, 0.017014246572114006",
        "formula-64, lpips-squeeze, 0.013201860329068563",
        "formula-64, lpips-vgg, 0.030698194520931643",
        "formula-64, dists, 0.0596850093306287",
        "formula-64, perceptual-l1, 0.2445165946735857",
        "formula-64, perceptual-l2, 1.5441983848295553",
        "formula-64, mdf-sr, 1.4877567890208225",
        "formula-64, mdf-jpeg, 0.891749035510482",
        "formula-176, lpips, 0.01959301397447531",
        "formula-176, lpips-squeeze, 0.015081273074667913",
        "formula-176, lpips-vgg, 0.04172942578926577",
        "formula-176, dists, 0.061183385861501516",
        "formula-176, perceptual-l1, 0.177536887448332",
        "formula-176, perceptual-l2, 1.601070430385006",
        "formula-176, mdf-sr, 1.4774885643344942",
        "formula-176, mdf-jpeg, 0.8571329228391005",
        "noise-256, lpips, 0.5997919078417457",
        "noise-256, lpips-squeeze, 0.5265996189844966",
        "noise-256, lpips-vgg, 0.5132714065203586",
        "noise-256, dists, 0.3426881245760497",
        "noise-256, perceptual-l1, 0.3484328125736257",
        "noise-256, perceptual-l2, 6.6456039113668375",
        "noise-256, mdf-sr, 1.6330956225723314",
        "noise-256, mdf-jpeg, 1.9867689263439872",
        "jpeg-320, lpips, 0.38076119169939954",
        "jpeg-320, dists, 0.2459460742568752",
        "jpeg-320, mdf-jpeg, 3.7903980182177355",
        "blur-odd, lpips, 0.456821280129604",
        "blur-odd, lpips-squeeze, 0.2863187852859104",
        "blur-odd, lpips-vgg, 0.3085098812026063",
        "blur-odd, dists, 0.23866623088192507",
        "blur-odd, perceptual-l1, 0.26268278854479626",
        "blur-odd, perceptual-l2, 2.8799446985972126",
        "blur-odd, mdf-sr, 2.3434504690684532",
        "blur-odd, mdf-jpeg, 1.2542261304042148",
        "gray-192, lpips, 0.3736580580436153",
        "gray-192, lpips-squeeze, 0.36233554088175285",
        "gray-192, lpips-vgg, 0.3429124131844518",
        "gray-192, dists, 0.2842861604262651",
        "gray-192, perceptual-l1, 0.4089184301778224",
        "gray-192, perceptual-l2, 6.2931783926850375",
        "gray-192, mdf-sr, 8.09192751427626",
        "gray-192, mdf-jpeg, 6.617654190623838",
        "dark-280, lpips, 0.005838733174935989",
        "dark-280, lpips-squeeze, 0.0034244556906666062",
        "dark-280, dists, 0.016509071831039668",
        "dark-280, perceptual-l1, 0.035576635342759046",
        "dark-280, perceptual-l2, 0.028326288587222498",
        "dark-280, mdf-jpeg, 0.01189248111359656",
    })
    void agreeWithIndependentValues(String pair, String measure, double expected) throws IOException {
        double[] values = Measures.named(measure, networks)
                .measure(picture(pair, "candidate"), picture(pair, "reference"), Convention.RGB_8BIT);

        assertThat(values[0]).isCloseTo(expected, within(1e-7 + 1e-4 * expected));
    }

    /** The last column: the slope at single places, channel:row:column=value. */
    @ParameterizedTest
    @CsvSource({
        "formula-64, lpips, 0.049025576872604754, -0.010441058546239692, 0:0:0=5.366987250991273e-05 1:32:21=-1.5364235569661136e-05 2:63:63=0.00019137981026342605 0:17:23=-0.0003097529651547075 1:40:5=5.3604483027695055e-05",
        "formula-64, lpips-squeeze, 0.053796257126990335, 0.01330317571678137, 0:0:0=3.294132377886719e-05 1:32:21=0.0009715549129538805 2:63:63=0.0 0:17:23=-0.00010821269801963179 1:40:5=-0.0011753437001296957",
        "formula-64, lpips-vgg, 0.0741498070772868, 0.0031446110481089806, 0:0:0=0.0009855861314482575 1:32:21=-0.00041114650124625103 2:63:63=-8.290909590169407e-05 0:17:23=1.3967824727580188e-05 1:40:5=-0.0006183760954451024",
        "formula-64, dists, 0.1448714149787297, 0.09693595432952651, 0:0:0=0.0016866044983412853 1:32:21=0.0007285999041982274 2:63:63=6.425634893927161e-06 0:17:23=-0.0027536726463042987 1:40:5=0.0025247126018363027",
        "formula-64, perceptual-l1, 0.39905096279536056, 0.030221717293992867, 0:0:0=0.005042157679242209 1:32:21=-0.0024031965923463085 2:63:63=-0.0005644222569533221 0:17:23=5.9409468691432554e-05 1:40:5=-0.0026028982414806946",
        "formula-64, perceptual-l2, 1.0890470046167888, -0.1160740205003124, 0:0:0=0.004828461020742027 1:32:21=0.00360294494123007 2:63:63=-0.0013699693087295991 0:17:23=-0.003969980145789621 1:40:5=0.0084883012233536",
        "formula-64, mdf-sr, 0.7889646539430175, -2.8473493904497835, 0:0:0=-0.0002968846544754547 1:32:21=0.0011862554177090676 2:63:63=-0.0001625325181013292 0:17:23=-0.006483389126102678 1:40:5=0.00455116794828447",
        "formula-64, mdf-jpeg, 0.4227823065269082, -0.04965971466416974, 0:0:0=2.83630862954059e-06 1:32:21=-0.0011197523124924606 2:63:63=1.2667117302343798e-05 0:17:23=-0.00467799831491975 1:40:5=0.006206123969196483",
        "noise-256, lpips, 0.12858330341469518, 0.000938057521458549, 0:0:0=-1.857011148214373e-05 1:128:85=6.597364016118943e-05 2:255:255=6.062889375107463e-06 0:17:23=-0.00028595157156926647 1:40:5=0.00011844263588331664",
    })
    void slopesAgreeWithIndependentValues(String pair, String measure, double norm, double sum, String places)
            throws IOException {
        NDArray candidate = Convention.RGB_8BIT.apply(picture(pair, "candidate"));
        NDArray reference = Convention.RGB_8BIT.apply(picture(pair, "reference"));
        candidate.setRequiresGradient(true);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            collector.backward(Measures.named(measure, networks).loss(candidate, reference));
        }
        NDArray slope = candidate.getGradient();

        assertThat(slope.norm().getDouble()).isCloseTo(norm, within(1e-3 * norm));
        assertThat(slope.sum().getDouble()).isCloseTo(sum, within(1e-3 * Math.abs(sum)));
        for (String place : places.split(" ")) {
            String[] parts = place.split("[:=]");
            double expected = Double.parseDouble(parts[3]);
            double actual = slope.getDouble(0, Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
            assertThat(actual).isCloseTo(expected, within(1e-3 * Math.abs(expected)));
        }
    }

    @ParameterizedTest
    @CsvSource({"mdf-jpeg, 0.8382696, 2.9546814", "mdf-sr, 1.4516834, 5.0214781"})
    void mdfOfTheWorkedPair(String measure, double expected, double expectedForPicturesFromMinusOne) {
        NDArray candidate = TestPictures.candidate(manager, 32);
        NDArray reference = TestPictures.reference(manager, 32);
        Measure mdf = Measures.named(measure, networks);

        double value = mdf.measure(candidate, reference, Convention.PLAIN)[0];
        double ofOtherRange = mdf.compare(candidate.mul(2).sub(1), reference.mul(2).sub(1)).getDouble(0);

        assertThat(value).isCloseTo(expected, within(1e-4 * expected));
        assertThat(ofOtherRange)
                .isCloseTo(expectedForPicturesFromMinusOne, within(1e-4 * expectedForPicturesFromMinusOne));
    }

    @Test
    void outputsOfMdfsFirstDiscriminatorOnTheWorkedPair() {
        FeatureNetwork first = networks.discriminators("mdf-jpeg").get(0);
        String[] outputs = {"head", "body", "tail"};
        double[] expected = {0.00529802, 0.0112607, 0.0896964};

        var u = first.features(TestPictures.candidate(manager, 32), outputs);
        var v = first.features(TestPictures.reference(manager, 32), outputs);

        for (int i = 0; i < outputs.length; i++) {
            double meanSquare = u.get(i).sub(v.get(i)).square().mean().getDouble();
            assertThat(meanSquare).isCloseTo(expected[i], within(1e-4 * expected[i]));
        }
    }

    private NDArray picture(String pair, String role) throws IOException {
        if (pair.startsWith("formula-")) {
            int side = Integer.parseInt(pair.substring("formula-".length()));
            return role.equals("candidate") ? TestPictures.candidate(manager, side) : TestPictures.reference(manager, side);
        }
        Path file = PAIRS.resolve(pair + "-" + role + ".png");
        assumeTrue(Files.exists(file), "the photographs are not here");
        return pixels(ImageIO.read(file.toFile()));
    }

    private NDArray pixels(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        double[] values = new double[3 * height * width];
        for (int i = 0; i < height * width; i++) {
            int rgb = image.getRGB(i % width, i / width);
            for (int channel = 0; channel < 3; channel++) {
                values[channel * height * width + i] = (rgb >> (16 - 8 * channel) & 0xff) / 255.0;
            }
        }
        return manager.create(values, new Shape(1, 3, height, width));
    }
}
