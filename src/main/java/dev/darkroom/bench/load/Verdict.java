package dev.darkroom.bench.load;

/** Whether an answer is the picture's own. */
public enum Verdict {
    /** Byte by byte what it was before. */
    SAME,
    /** The same picture, rounded otherwise here and there, since another batch may be computed in another order. */
    ROUNDED,
    WRONG
}
