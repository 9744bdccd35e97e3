package dev.darkroom.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestraintTest {
    private final Restraint restraint = new Restraint(List.of(new Restraint.Agreement(30, 0.5), new Restraint.Agreement(40, 0.3)));

    /** A change as large as the loss is right by the cosine, one ten times as large by a tenth of it. */
    @ParameterizedTest
    @CsvSource({"30, 30, 0.5", "35, 35, 0.4", "40, 40, 0.3", "50, 50, 0.3", "40, 20, 0.03", "30, 34, 0.792"})
    void keepsWhatIsLeastFromTheTruth(double psnrDb, double changedPsnrDb, double kept) {
        assertThat(restraint.kept(psnrDb, changedPsnrDb)).isEqualTo(kept, offset(1e-3));
    }

    @Test
    void keepsAllOfASmallChangeAndOfWhatChangesFilesThatHaveLostMuch() {
        assertThat(restraint.kept(40, 60)).isEqualTo(1);
        assertThat(restraint.kept(40, Double.POSITIVE_INFINITY)).isEqualTo(1);
        assertThat(restraint.kept(29.9, 20)).isEqualTo(1);
    }
}
