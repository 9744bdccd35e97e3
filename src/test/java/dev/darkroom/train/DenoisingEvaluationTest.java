package dev.darkroom.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DenoisingEvaluationTest {

    private static final Map<String, Restorer> SAME = Map.of("same", (noisy, sigma255, manager) -> noisy.duplicate());
    private static final Map<String, Restorer> SMOOTH =
            Map.of("smooth", (noisy, sigma255, manager) -> noisy.mean(new int[] {3}, true).broadcast(noisy.getShape()));
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
        for (EvaluationRow row : run(Map.of(), List.of(5f, 15f), 1)) {
            assertThat(row.restorer()).isEqualTo(EvaluationRow.INPUT);
            assertThat(row.images()).isEqualTo(4);
            assertThat(row.psnr()).isCloseTo(-20 * Math.log10(row.sigma255() / 255), within(0.15));
        }
    }

    @Test
    void givesARowForEveryProtocolLevelAndRestorerInOrder() {
        List<EvaluationRow> rows = run(SAME, List.of(15f, 50f), 2);

        assertThat(rows)
                .extracting(row -> row.protocol() + " " + row.sigma255() + " " + row.restorer() + " " + row.images())
                .containsExactly(
                "clipped 15.0 input 2", "clipped 15.0 same 2", "clipped 50.0 input 2", "clipped 50.0 same 2",
                "float 15.0 input 2", "float 15.0 same 2", "float 50.0 input 2", "float 50.0 same 2");
    }

    @Test
    void everyRestorerSeesTheSameNoise() {
        List<EvaluationRow> rows = run(SAME, List.of(25f), 1);

        assertThat(rows.get(1).psnr()).isEqualTo(rows.get(0).psnr());
        assertThat(rows.get(1).ssim()).isEqualTo(rows.get(0).ssim());
    }

    @Test
    void aBetterRestorerScoresHigher() {
        List<EvaluationRow> rows = run(SMOOTH, List.of(50f), 1);

        assertThat(rows.get(1).psnr()).isGreaterThan(rows.get(0).psnr());
        assertThat(rows.get(1).ssim()).isGreaterThan(rows.get(0).ssim());
    }

    @Test
    void restorersAreToldTheLevelAndSeeOnlyEightBitValuesWhenClipped() {
        List<Float> levels = new ArrayList<>();
        run(List.of(NoiseProtocol.CLIPPED), Map.of("probe", (noisy, sigma255, manager) -> {
            levels.add(sigma255);
            assertThat(noisy.min().getFloat()).isNotNegative();
            assertThat(noisy.mul(255).sub(noisy.mul(255).round()).abs().max().getFloat()).isLessThan(1e-3f);
            return noisy.duplicate();
        }), List.of(100f), 4);

        assertThat(levels).containsExactly(100f);
    }

    @Test
    void aSubsetSeesTheSameNoiseAsTheWholeSet() {
        List<PhotoFile> photos = PhotoFile.in(folder);
        var evaluation = new DenoisingEvaluation(Map.of(), List.of(NoiseProtocol.FLOAT), List.of(25f), 0);

        double first = evaluation.run("first", photos.subList(0, 1), 1, done -> {}).get(0).psnr();
        double firstAndThird = evaluation.run("both", photos, 2, done -> {}).get(0).psnr();
        double firstOfFour = evaluation.run("one of four", photos, 4, done -> {}).get(0).psnr();

        assertThat(firstOfFour).isEqualTo(first).isNotEqualTo(firstAndThird);
    }

    private List<EvaluationRow> run(Map<String, Restorer> restorers, List<Float> sigmas255, int every) {
        return run(BOTH, restorers, sigmas255, every);
    }

    private List<EvaluationRow> run(
            List<NoiseProtocol> protocols, Map<String, Restorer> restorers, List<Float> sigmas255, int every) {
        return new DenoisingEvaluation(restorers, protocols, sigmas255, 0)
                .run("set", PhotoFile.in(folder), every, done -> {});
    }
}
