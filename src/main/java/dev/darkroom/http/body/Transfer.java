package dev.darkroom.http.body;

import dev.darkroom.http.HttpConfig;
import java.time.Duration;

/** How fast the other side has to be: a least rate on average, once it has had the time to begin. */
record Transfer(long leastBytesPerSecond, long beganNanos) {
    private static final Duration GRACE = Duration.ofSeconds(10);
    /** Between two looks at it. */
    static final Duration LOOK = Duration.ofSeconds(1);

    static Transfer begin(HttpConfig config) {
        return new Transfer(config.leastRate().asLongValue(), System.nanoTime());
    }

    Duration time() {
        return Duration.ofNanos(System.nanoTime() - beganNanos);
    }

    boolean isTooSlow(long bytes) {
        Duration counted = time().minus(GRACE);
        return !counted.isNegative() && bytes < leastBytesPerSecond * (counted.toMillis() / 1e3);
    }
}
