package dev.darkroom.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.deploy.PromQl.Series;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which series a query reads. */
class PromQlTest {
    @Test
    void findsSeriesLabelsAndGroups() {
        assertThat(PromQl.series("""
                histogram_quantile(0.99, sum by (le, device) (rate(a_seconds_bucket{job="x", pod=~"$pod"}[$__rate_interval])))
                  / (b_total + 1e6) > 2 and on (pod) c == 0"""))
                .containsExactly(new Series("a_seconds_bucket", Set.of("le", "device", "pod", "job")),
                        new Series("b_total", Set.of("le", "device", "pod")), new Series("c", Set.of("le", "device", "pod")));
    }

    @Test
    void takesNoFunctionForASeries() {
        assertThat(PromQl.series("sum(increase(up[10m]))")).containsExactly(new Series("up", Set.of()));
    }
}
