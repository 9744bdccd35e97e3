package dev.darkroom.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationTableTest {

    @Test
    void putsRestorersSideBySide() {
        List<EvaluationRow> rows = List.of(
                new EvaluationRow("cbsd68", 68, "clipped", 15.0, "RGB", "input", 24.857, 0.61),
                new EvaluationRow("cbsd68", 68, "clipped", 15.0, "RGB", "baseline", 33.7, 0.93),
                new EvaluationRow("cbsd68", 68, "clipped", 15.0, "RGB", "ffdnet", 33.568, 0.92417),
                new EvaluationRow("set5", 5, "x4", null, "Y, crop 4", "input", Double.POSITIVE_INFINITY, 1),
                new EvaluationRow("set5", 5, "x4", null, "Y, crop 4", "baseline", 33.7, 0.93),
                new EvaluationRow("set5", 5, "x4", null, "Y, crop 4", "ffdnet", 33.88, 0.93));

        assertThat(EvaluationTable.of(rows)).isEqualTo("""
                | set    | protocol | sigma | channels  | input dB | input SSIM | baseline dB | baseline SSIM | ffdnet dB | ffdnet SSIM |
                |--------|----------|-------|-----------|----------|------------|-------------|---------------|-----------|-------------|
                | cbsd68 | clipped  | 15    | RGB       | 24.86    | 0.6100     | 33.70       | 0.9300        | 33.57     | 0.9242      |
                | set5   | x4       |       | Y, crop 4 | Infinity | 1.0000     | 33.70       | 0.9300        | 33.88     | 0.9300      |""");
    }
}
