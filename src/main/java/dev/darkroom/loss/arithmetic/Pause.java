package dev.darkroom.loss.arithmetic;

import ai.djl.ndarray.NDArray;
import java.util.function.Supplier;

/**
 * Where long calculations can be interrupted: between two layers of a network, two blurs, two parts of a picture or of a comparison.
 *
 * <p>What is done there belongs to whoever runs the calculation, and goes with its thread: others get the device meanwhile, or the calculation is given
 * up with an exception. Without one, nothing is done.
 */
public final class Pause {
    private static final ThreadLocal<Runnable> OF_THREAD = new ThreadLocal<>();

    private Pause() {}

    /** Runs a calculation that pauses so; what {@code pause} throws ends it. */
    public static <T> T during(Runnable pause, Supplier<T> calculation) {
        Runnable before = OF_THREAD.get();
        OF_THREAD.set(pause);
        try {
            return calculation.get();
        } finally {
            if (before == null) {
                OF_THREAD.remove();
            } else {
                OF_THREAD.set(before);
            }
        }
    }

    /** Called by calculations, where nothing is half done. */
    public static void take() {
        Runnable pause = OF_THREAD.get();
        if (pause != null) {
            pause.run();
        }
    }

    /** {@link #take()} when this has been computed: a GPU is still at it when the call that asked for it has returned. */
    public static void after(NDArray computed) {
        if (OF_THREAD.get() != null && computed.getDevice().isGpu()) {
            try (NDArray values = computed.flatten(); NDArray first = values.get("0:1")) {
                first.toByteBuffer();
            }
        }
        take();
    }
}
