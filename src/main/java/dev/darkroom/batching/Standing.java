package dev.darkroom.batching;

/**
 * How a request stands among others.
 *
 * @param caller     whose it is: callers take turns, however many requests each of them has
 * @param urgency    among the caller's own, 0 first, 7 last (RFC 9218, section 4.1)
 * @param background whether nobody waits for it as it runs, so that it comes after all for which somebody does
 */
public record Standing(Object caller, int urgency, boolean background) {
    public static final int DEFAULT_URGENCY = 3;
    public static final int LEAST_URGENT = 7;

    public Standing {
        if (urgency < 0 || urgency > LEAST_URGENT) {
            throw new IllegalArgumentException("urgency is 0 to " + LEAST_URGENT);
        }
    }

    public static Standing of(String caller) {
        return new Standing(caller, DEFAULT_URGENCY, false);
    }

    /** Of a caller with no other request. */
    public static Standing alone() {
        return new Standing(new Object(), DEFAULT_URGENCY, false);
    }

    public Standing withUrgency(int other) {
        return new Standing(caller, other, background);
    }

    public Standing inBackground() {
        return new Standing(caller, urgency, true);
    }
}
