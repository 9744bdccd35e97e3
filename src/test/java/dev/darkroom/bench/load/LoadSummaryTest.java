package dev.darkroom.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.batching.Refusal;
import dev.darkroom.bench.picture.SizeClass;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoadSummaryTest {
    private static final SizeClass SMALL = new SizeClass("small", 1000, 1000, 1);
    private static final SizeClass LARGE = new SizeClass("large", 4000, 1000, 1);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static Outcome.Answered answered(SizeClass size, double latencySeconds, double endedSeconds, Verdict verdict) {
        return new Outcome.Answered(size, (long) (latencySeconds * 1e9), (long) (endedSeconds * 1e9), verdict);
    }

    private static LoadSummary summary(Outcome... outcomes) {
        return LoadSummary.of(List.of(outcomes), Duration.ofSeconds(10), TIMEOUT, List.of(SMALL, LARGE));
    }

    @Test
    void countsAsGoodWhatIsRightAndInTime() {
        LoadSummary load = summary(
                answered(SMALL, 1, 4, Verdict.SAME),
                answered(LARGE, 5, 9, Verdict.ROUNDED),
                answered(LARGE, 5.1, 9, Verdict.SAME),
                answered(LARGE, 1, 9, Verdict.WRONG),
                new Outcome.Expired(LARGE));
        assertThat(load.offered()).isEqualTo(1.7);
        assertThat(load.goodput()).isCloseTo(0.5, within(1e-9));
        assertThat(load.late()).isEqualTo(1);
        assertThat(load.rounded()).isEqualTo(1);
        assertThat(load.wrong()).isEqualTo(1);
        assertThat(load.expired()).isEqualTo(1);
    }

    @Test
    void dividesByTheTimeUntilTheLastAnswer() {
        assertThat(summary(answered(SMALL, 1, 1, Verdict.SAME), answered(LARGE, 4, 20, Verdict.SAME)).goodput())
                .isCloseTo(5 / 20.0, within(1e-9));
    }

    @Test
    void sortsRefusalsByReasonAndRetryAfter() {
        LoadSummary load = summary(
                new Outcome.Refused(SMALL, Refusal.BACKLOG, Optional.of(Duration.ofSeconds(1))),
                new Outcome.Refused(SMALL, Refusal.BACKLOG, Optional.of(Duration.ofSeconds(30))),
                new Outcome.Refused(LARGE, Refusal.UNREACHABLE, Optional.empty()));
        assertThat(load.refusals()).isEqualTo(Map.of(Refusal.BACKLOG, 2L, Refusal.UNREACHABLE, 1L));
        assertThat(load.retryAfter().count()).isEqualTo(2);
        assertThat(load.retryAfter().maxMillis()).isCloseTo(30_000, within(30.0));
        assertThat(load.goodput()).isZero();
    }

    @Test
    void keepsTheLatenciesOfSizesApart() {
        LoadSummary load = summary(answered(SMALL, 1, 1, Verdict.SAME), answered(SMALL, 1, 2, Verdict.SAME));
        assertThat(load.latency().get("small").count()).isEqualTo(2);
        assertThat(load.latency().get("small").p50Millis()).isCloseTo(1000, within(1.0));
        assertThat(load.latency().get("large").count()).isZero();
    }
}
