package dev.darkroom.train.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.loss.Measures;
import dev.darkroom.model.Task;
import dev.darkroom.train.Scenes;
import dev.darkroom.train.degradation.BayerMosaic;
import dev.darkroom.train.degradation.shake.BlurKernel;
import dev.darkroom.train.photo.GaussianBlur;
import dev.darkroom.train.photo.Planes;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

class ExaminationTest {
    private static final BlurKernel STILL = BlurKernel.of(new double[] {1}, 1);
    private static final EvaluationOptions OPTIONS = CommandLine.populateCommand(new EvaluationOptions(),
            "--protocol", "clipped", "--sigma", "10", "--jpeg-quality", "20");

    @TempDir
    private Path set;

    @BeforeEach
    void makePictures() {
        Scenes.write(set.resolve("one.png"), 71, 53, 1);
        Scenes.write(set.resolve("two.png"), 64, 64, 2);
    }

    @ParameterizedTest
    @EnumSource
    void isTheSameEveryTimeAndPassedByWhoeverKnowsTheAnswer(Task task) {
        Restorer perfect = Trial::target;
        List<EvaluationRow> rows = run(task, perfect);

        assertThat(run(task, perfect)).isEqualTo(rows);
        assertThat(rows).filteredOn(row -> row.restorer().equals("someone")).isNotEmpty()
                .allMatch(row -> psnr(row) == Double.POSITIVE_INFINITY && row.trials() == 2);
        assertThat(rows).filteredOn(row -> row.restorer().equals(EvaluationRow.INPUT)).allSatisfy(row ->
                assertThat(psnr(row)).as(row.protocol()).isBetween(8.0, 60.0));
    }

    private List<EvaluationRow> run(Task task, Restorer restorer) {
        Examination examination = task == Task.DEBLUR ? Examination.deblur(List.of(STILL)) : OPTIONS.examination(task, set);
        return new Evaluation(examination, List.of(Measures.named("psnr")), Map.of("someone", restorer), 0)
                .run("set", TestPicture.of(set), 1, done -> {}, (exercise, trial, restored) -> {});
    }

    private static double psnr(EvaluationRow row) {
        return row.values().get("psnr");
    }

    @Test
    void comparesEnlargedPicturesInLumaWithoutTheirBorder() {
        assertThat(run(Task.SUPER_RESOLVE, Trial::target)).extracting(EvaluationRow::convention).containsOnly("Y, crop 4");
    }

    @Test
    void findsSmallPicturesOfASet() throws IOException {
        Path pairs = Files.createDirectory(set.resolve("pairs"));
        Scenes.write(Files.createDirectory(pairs.resolve("hr")).resolve("bird.png"), 64, 48, 1);
        Scenes.write(Files.createDirectory(pairs.resolve("lr_x4")).resolve("birdx4.png"), 16, 12, 2);

        TestPicture bird = TestPicture.of(pairs).get(0);

        assertThat(bird.given("lr_x4")).hasValueSatisfying(small -> assertThat(small.width()).isEqualTo(16));
        assertThat(bird.given("lr_x2")).isEmpty();
    }

    @Test
    void findsHazyPicturesOfASet() throws IOException {
        Path pairs = Files.createDirectory(set.resolve("pairs"));
        Scenes.write(Files.createDirectory(pairs.resolve("gt")).resolve("7.png"), 40, 40, 7);
        Scenes.write(Files.createDirectory(pairs.resolve("hazy")).resolve("7_1_0.9.png"), 40, 40, 1);
        Scenes.write(pairs.resolve("hazy/7_2_0.8.png"), 40, 40, 2);

        List<TestPicture> pictures = TestPicture.of(pairs);

        assertThat(pictures).hasSize(2).allMatch(picture -> picture.clean().stem().equals("7"));
        assertThat(pictures.get(1).given("hazy")).isPresent();
    }

    @Test
    void movesTheMeanOfManyExposuresToWhereTheOneLiesIfThatIsWanted() throws IOException {
        Path pairs = Files.createDirectory(set.resolve("pairs"));
        write(pairs.resolve("Pinhole_a_real.png"), RegistrationTest.scene(0.3, -0.4));
        write(pairs.resolve("Pinhole_a_mean.png"), RegistrationTest.scene(0, 0));
        write(pairs.resolve("Mirror_a_real.png"), RegistrationTest.scene(0, 0));
        write(pairs.resolve("Mirror_a_mean.png"), RegistrationTest.scene(0, 0));

        assertThat(exposures(pairs)).extracting(EvaluationRow::protocol).containsExactly("Mirror", "Pinhole");
        assertThat(psnr(exposures(pairs).get(1))).isLessThan(40);
        assertThat(exposures(pairs, "--registered")).extracting(EvaluationRow::protocol).containsExactly("Mirror, registered", "Pinhole, registered");
        assertThat(exposures(pairs, "--registered")).extracting(EvaluationRow::convention).containsOnly("RGB, crop 8");
        assertThat(psnr(exposures(pairs, "--registered").get(1))).as("8 bits are 59 dB").isGreaterThan(53);
    }

    /** Of what comes back as it was, one row for each camera. */
    private static List<EvaluationRow> exposures(Path pairs, String... options) {
        Examination examination = CommandLine.populateCommand(new EvaluationOptions(), options).examination(Task.DENOISE, pairs);
        return new Evaluation(examination, List.of(Measures.named("psnr")), Map.of(), 0)
                .run("set", TestPicture.of(pairs), 1, done -> {}, (exercise, trial, restored) -> {});
    }

    private static void write(Path file, Planes picture) throws IOException {
        var image = new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                image.setRGB(x, y, new Color(picture.get(0, y, x), picture.get(1, y, x), picture.get(2, y, x)).getRGB());
            }
        }
        ImageIO.write(image, "png", file.toFile());
    }

    @Test
    void softensAnswersToTellWhatIsSharpness() {
        EvaluationOptions options = CommandLine.populateCommand(new EvaluationOptions(), "--soften", "0.7");
        Trial trial = Trial.of(RegistrationTest.scene(0, 0), RegistrationTest.scene(0, 0));

        assertThat(options.softened(Map.of("echo", Trial::input)).get("echo").restore(trial).values())
                .isEqualTo(GaussianBlur.of(trial.input(), 0.7).values()).isNotEqualTo(trial.input().values());
    }

    @Test
    void addsTheNoiseItNames() {
        List<EvaluationRow> rows = run(Task.DEMOSAIC, Trial::target);
        assertThat(rows.get(0).sigma255()).isEqualTo(10);
        // A kernel that moves nothing leaves the noise of sigma 2 alone: 42.11 dB.
        assertThat(run(Task.DEBLUR, Trial::target)).filteredOn(row -> row.protocol().equals("kernels")).first()
                .satisfies(row -> assertThat(psnr(row)).isCloseTo(42.0, within(0.3)));
    }

    @Test
    void interpolatesAMosaicOfOneColourExactly() {
        Planes plain = Planes.black(3, 9, 12);
        java.util.Arrays.fill(plain.values(), 0, 108, 0.9f);
        java.util.Arrays.fill(plain.values(), 108, 216, 0.5f);

        assertThat(BayerMosaic.interpolated(BayerMosaic.of(plain)).values()).containsExactly(plain.values(), within(1e-6f));
    }

    @Test
    void goesOnAlternatingWhereAMosaicIsExtended() {
        Planes row = new Planes(1, 1, 5, new float[] {0, 1, 2, 3, 4});

        assertThat(row.extendedTo(10, 1).values()).containsExactly(0, 1, 2, 3, 4, 3, 2, 1, 0, 1);
    }
}
