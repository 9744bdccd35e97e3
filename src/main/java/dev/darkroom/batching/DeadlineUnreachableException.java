package dev.darkroom.batching;

import java.time.Duration;
import java.util.Locale;

/** The work takes longer than its deadline allows, however idle the service is; so it is not even begun. */
public final class DeadlineUnreachableException extends RuntimeException {
    DeadlineUnreachableException(Duration needed, Duration allowed) {
        super(String.format(Locale.ROOT, "This takes about %.1f s here, but only %.1f s are left for it, so it was not begun.",
                needed.toMillis() / 1e3, Math.max(0, allowed.toMillis()) / 1e3));
    }
}
