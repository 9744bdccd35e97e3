package dev.darkroom.train.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.loss.Measures;
import dev.darkroom.loss.measure.MeasureInfo;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EvaluationTableTest {

    private static final List<MeasureInfo> PSNR_AND_SSIM = infos("psnr", "ssim");

    @Test
    void givesEveryRestorerALineAndSaysOnceWhatTheyShare() {
        List<EvaluationRow> rows = List.of(
                new EvaluationRow("cbsd68", 68, "clipped", 15.0, "RGB", "input", Map.of("psnr", 24.857, "ssim", 0.61)),
                new EvaluationRow("cbsd68", 68, "clipped", 15.0, "RGB", "ffdnet", Map.of("psnr", 33.568, "ssim", 0.92417)),
                new EvaluationRow("set5", 5, "x4", null, "Y, crop 4", "input", Map.of("psnr", Double.POSITIVE_INFINITY, "ssim", 1.0)),
                new EvaluationRow("set5", 5, "x4", null, "Y, crop 4", "ffdnet", Map.of("psnr", 33.88, "ssim", 0.00123456)));

        assertThat(EvaluationTable.of(rows, PSNR_AND_SSIM)).isEqualTo("""
                | set    | protocol | sigma | channels  | result | psnr dB  | ssim    |
                |--------|----------|-------|-----------|--------|----------|---------|
                | cbsd68 | clipped  | 15    | RGB       | input  | 24.86    | 0.6100  |
                |        |          |       |           | ffdnet | 33.57    | 0.9242  |
                | set5   | x4       |       | Y, crop 4 | input  | Infinity | 1.0000  |
                |        |          |       |           | ffdnet | 33.88    | 0.00123 |""");
    }

    @Test
    void scoresLinesOfTheSameInputsByEquation7() {
        List<EvaluationRow> rows = List.of(
                new EvaluationRow("set", 1, "a", null, "RGB", "one", Map.of("psnr", 20.0, "ms-ssim", 0.8, "lpips", 0.1)),
                new EvaluationRow("set", 1, "a", null, "RGB", "two", Map.of("psnr", 10.0, "ms-ssim", 0.4, "lpips", 0.4)),
                new EvaluationRow("set", 1, "b", null, "RGB", "two", Map.of("psnr", 10.0, "ms-ssim", 0.4, "lpips", 0.4)));

        assertThat(EvaluationTable.of(rows, infos("psnr", "ms-ssim", "lpips")).lines().map(line -> line.replaceAll(".*\\| (.*) \\|", "$1")))
                .containsExactly("score", "|-----|----------|-------|----------|--------|---------|---------|--------|-------|", "1.000", "0.063", "1.000");
    }

    private static List<MeasureInfo> infos(String... names) {
        return Stream.of(names).map(name -> Measures.named(name, null).info()).toList();
    }
}
