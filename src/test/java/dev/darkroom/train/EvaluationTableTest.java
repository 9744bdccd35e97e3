package dev.darkroom.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationTableTest {

    @Test
    void putsRestorersSideBySide() {
        List<EvaluationRow> rows = List.of(
                new EvaluationRow("cbsd68", 68, NoiseProtocol.CLIPPED, 15, "input", 24.857, 0.61),
                new EvaluationRow("cbsd68", 68, NoiseProtocol.CLIPPED, 15, "baseline", 33.7, 0.93),
                new EvaluationRow("cbsd68", 68, NoiseProtocol.CLIPPED, 15, "ffdnet", 33.568, 0.92417),
                new EvaluationRow("cbsd68", 68, NoiseProtocol.FLOAT, 7.5f, "input", Double.POSITIVE_INFINITY, 1),
                new EvaluationRow("cbsd68", 68, NoiseProtocol.FLOAT, 7.5f, "baseline", 33.7, 0.93),
                new EvaluationRow("cbsd68", 68, NoiseProtocol.FLOAT, 7.5f, "ffdnet", 33.88, 0.93));

        assertThat(EvaluationTable.of(rows)).isEqualTo("""
                | set    | protocol | sigma | input dB | baseline dB | baseline SSIM | ffdnet dB | ffdnet SSIM |
                |--------|----------|-------|----------|-------------|---------------|-----------|-------------|
                | cbsd68 | clipped  | 15    | 24.86    | 33.70       | 0.9300        | 33.57     | 0.9242      |
                | cbsd68 | float    | 7.5   | Infinity | 33.70       | 0.9300        | 33.88     | 0.9300      |""");
    }
}
