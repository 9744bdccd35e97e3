package dev.darkroom.train.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.loss.Measures;
import dev.darkroom.train.TestPhotos;
import dev.darkroom.train.degradation.NoiseProtocol;
import dev.darkroom.train.photo.Planes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationTest {

    private static final Map<String, Restorer> SAME = Map.of("same", Trial::input);
    private static final Map<String, Restorer> SMOOTH =
            Map.of("smooth", trial -> smoothed(trial.input()));
    private static final List<NoiseProtocol> BOTH = List.of(NoiseProtocol.CLIPPED, NoiseProtocol.FLOAT);

    @TempDir
    private Path folder;

    @BeforeEach
    void makePictures() {
        for (int i = 0; i < 4; i++) {
            TestPhotos.gradient(folder.resolve("photo-%d.png".formatted(i)), 70 + i, 50);
        }
    }

    @Test
    void theInputHasThePsnrOfItsNoise() {
        for (EvaluationRow row : run(Map.of(), List.of(5.0, 15.0), 1)) {
            assertThat(row.restorer()).isEqualTo(EvaluationRow.INPUT);
            assertThat(row.trials()).isEqualTo(4);
            assertThat(psnr(row)).isCloseTo(-20 * Math.log10(row.sigma255() / 255), within(0.15));
        }
    }

    @Test
    void givesARowForEveryProtocolLevelAndRestorerInOrder() {
        List<EvaluationRow> rows = run(SAME, List.of(15.0, 50.0), 2);

        assertThat(rows)
                .extracting(row -> row.protocol() + " " + row.sigma255() + " " + row.restorer() + " " + row.trials())
                .containsExactly(
                "clipped 15.0 input 2", "clipped 15.0 same 2", "clipped 50.0 input 2", "clipped 50.0 same 2",
                "float 15.0 input 2", "float 15.0 same 2", "float 50.0 input 2", "float 50.0 same 2");
    }

    @Test
    void everyRestorerSeesTheSameNoise() {
        List<EvaluationRow> rows = run(SAME, List.of(25.0), 1);

        assertThat(rows.get(1).values()).isEqualTo(rows.get(0).values());
    }

    @Test
    void aBetterRestorerScoresHigher() {
        List<EvaluationRow> rows = run(SMOOTH, List.of(50.0), 1);

        assertThat(psnr(rows.get(1))).isGreaterThan(psnr(rows.get(0)));
        assertThat(rows.get(1).values().get("ssim")).isGreaterThan(rows.get(0).values().get("ssim"));
    }

    @Test
    void restorersAreToldTheLevelAndSeeOnlyEightBitValuesWhenClipped() {
        List<Double> levels = new ArrayList<>();
        run(List.of(NoiseProtocol.CLIPPED), Map.of("probe", trial -> {
            levels.add(trial.sigma255().getAsDouble());
            assertThat(trial.input().values()).isEqualTo(trial.input().as8Bit().values());
            return trial.input();
        }), List.of(100.0), 4);

        assertThat(levels).containsExactly(100.0);
    }

    @Test
    void aSubsetSeesTheSameNoiseAsTheWholeSet() {
        List<TestPicture> photos = TestPicture.of(folder);
        var evaluation = evaluation(List.of(NoiseProtocol.FLOAT), Map.of(), List.of(25.0));

        double first = psnr(evaluation.run("first", photos.subList(0, 1), 1, done -> {}, (exercise, trial, restored) -> {}).get(0));
        double firstAndThird = psnr(evaluation.run("both", photos, 2, done -> {}, (exercise, trial, restored) -> {}).get(0));
        double firstOfFour = psnr(evaluation.run("one of four", photos, 4, done -> {}, (exercise, trial, restored) -> {}).get(0));

        assertThat(firstOfFour).isEqualTo(first).isNotEqualTo(firstAndThird);
    }

    /** Every row's mean. */
    private static Planes smoothed(Planes noisy) {
        Planes smooth = Planes.black(noisy.channels(), noisy.height(), noisy.width());
        for (int i = 0; i < smooth.values().length; i++) {
            float sum = 0;
            for (int column = 0; column < noisy.width(); column++) {
                sum += noisy.values()[i / noisy.width() * noisy.width() + column];
            }
            smooth.values()[i] = sum / noisy.width();
        }
        return smooth;
    }

    private List<EvaluationRow> run(Map<String, Restorer> restorers, List<Double> sigmas255, int every) {
        return run(BOTH, restorers, sigmas255, every);
    }

    private List<EvaluationRow> run(
            List<NoiseProtocol> protocols, Map<String, Restorer> restorers, List<Double> sigmas255, int every) {
        return evaluation(protocols, restorers, sigmas255).run("set", TestPicture.of(folder), every, done -> {}, (exercise, trial, restored) -> {});
    }

    private static Evaluation evaluation(List<NoiseProtocol> protocols, Map<String, Restorer> restorers, List<Double> sigmas255) {
        return new Evaluation(Examination.denoise(protocols, sigmas255), List.of(Measures.named("psnr"), Measures.named("ssim")), restorers, 0);
    }

    private static double psnr(EvaluationRow row) {
        return row.values().get("psnr");
    }
}
