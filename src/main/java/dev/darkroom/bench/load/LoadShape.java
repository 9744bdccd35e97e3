package dev.darkroom.bench.load;

import java.util.Locale;

/** How what arrives changes while it arrives: a multiple of the rate, by the share of the time that has passed. */
public enum LoadShape {
    STEADY(1) {
        @Override
        double at(double share) {
            return 1;
        }
    },
    /** Little at night, at both ends, seven times as much at noon; the rate is the day's mean. */
    DAY(1.75) {
        @Override
        double at(double share) {
            return 1 - 0.75 * Math.cos(2 * Math.PI * share);
        }
    },
    /** Five times the rate from the middle on, for a twentieth of the time. */
    SPIKE(5) {
        @Override
        double at(double share) {
            return share >= 0.5 && share < 0.55 ? 5 : 1;
        }
    };

    private final double most;

    LoadShape(double most) {
        this.most = most;
    }

    /** @param share 0 to 1 */
    abstract double at(double share);

    double most() {
        return most;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
