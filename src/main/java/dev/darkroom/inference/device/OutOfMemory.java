package dev.darkroom.inference.device;

import java.util.Locale;

/** Tells lack of memory from other failures; the engine says it only in words. */
public final class OutOfMemory {
    private OutOfMemory() {}

    public static boolean is(Throwable failure) {
        if (failure instanceof OutOfMemoryError) {
            return true;
        }
        String message = failure.getMessage() == null ? "" : failure.getMessage().toLowerCase(Locale.ROOT);
        // "CUDA out of memory.", "CUDA error: out of memory"; "DefaultCPUAllocator: can't allocate memory" or "not enough memory"
        // and, where a library has no room for its own: "cuDNN error: CUDNN_STATUS_ALLOC_FAILED", "CUBLAS_STATUS_ALLOC_FAILED"
        return message.contains("status_alloc_failed") || message.contains("out of memory") || message.contains("allocate memory") || message.contains("not enough memory");
    }
}
