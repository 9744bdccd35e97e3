package dev.darkroom.memory;

import org.bytedeco.javacpp.Pointer;

/** What native code has freed and its allocator keeps: hundreds of megabytes after networks have been loaded and timed. */
public final class FreeMemory {
    private FreeMemory() {}

    /** To the system, where the C library can ({@code malloc_trim} of glibc). Takes milliseconds, in which native code may wait. */
    public static void giveBack() {
        NativeBytes.withoutLimitsOfTheirOwn();
        Pointer.trimMemory();
    }
}
