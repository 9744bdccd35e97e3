package dev.darkroom.image;

import org.bytedeco.javacpp.Pointer;

/** The memory of pixels and features, which is not the Java heap's. */
public final class NativeMemory {

    private NativeMemory() {}

    /**
     * Gives what has been freed back to the system.
     *
     * <p>The C library keeps it for what comes next, in pieces between what is still in use: after work with blocks of many
     * sizes that is several times what is in use. What comes next pays for its pages again, so this is for the end of
     * something large.
     */
    public static void trim() {
        Pointer.trimMemory();
    }
}
