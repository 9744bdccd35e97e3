package dev.darkroom.http.access;

import java.util.OptionalInt;

/**
 * How much a caller may use; empty means as much as there is.
 *
 * @param requestsPerMinute on average; a caller who was quiet may send so many at once
 * @param concurrentRequests being answered at a time
 */
record Allowance(OptionalInt requestsPerMinute, OptionalInt concurrentRequests) {
    static final Allowance UNLIMITED = new Allowance(OptionalInt.empty(), OptionalInt.empty());

    /** @throws IllegalArgumentException if one of them is not positive */
    Allowance {
        if (requestsPerMinute.orElse(1) < 1 || concurrentRequests.orElse(1) < 1) {
            throw new IllegalArgumentException("an allowance is at least 1");
        }
    }

    boolean isUnlimited() {
        return equals(UNLIMITED);
    }
}
