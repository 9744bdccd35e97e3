package dev.darkroom.compare;

import java.time.Duration;
import java.util.function.DoubleConsumer;

/**
 * What of all the work is left while one half of it goes on.
 *
 * @param restoring how long restoring takes
 * @param all       how long restoring and measuring take
 * @param onLeft    told the share of all that is still to be done, 0 to 1
 */
record Share(Duration restoring, Duration all, DoubleConsumer onLeft) {

    /** @param left of the restoring, 0 to 1 */
    void restoringLeft(double left) {
        onLeft.accept(1 - part() * (1 - left));
    }

    /** @param left of the measuring, 0 to 1 */
    void measuringLeft(double left) {
        onLeft.accept((1 - part()) * left);
    }

    private double part() {
        return (double) restoring.toNanos() / Math.max(1, all.toNanos());
    }
}
