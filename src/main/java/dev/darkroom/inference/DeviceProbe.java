package dev.darkroom.inference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.darkroom.inference.checkpoint.Replica;
import dev.darkroom.inference.device.Devices;
import dev.darkroom.model.Precision;
import dev.darkroom.model.TensorLiteral;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** Finds out whether a device works: after a failure by a real, tiny forward, and while it is lost by a sum. */
final class DeviceProbe {
    private static final Logger LOG = System.getLogger(DeviceProbe.class.getName());
    /** Before each try: what is short of memory, or being reset, may be better a moment later. */
    private static final List<Duration> PAUSES = List.of(Duration.ZERO, Duration.ofMillis(100), Duration.ofSeconds(1));

    private final DeviceInstance instance;
    private final DeviceHook hook;
    private final Predicate<Duration> pause;

    /** @param pause waits, and says whether there is no use in waiting any more */
    DeviceProbe(DeviceInstance instance, DeviceHook hook, Predicate<Duration> pause) {
        this.instance = instance;
        this.hook = hook;
        this.pause = pause;
    }

    /** @return whether the checkpoint still answers to the input of its own self-test */
    boolean deviceWorks(Replica replica) {
        return PAUSES.stream().anyMatch(before -> !pause.test(before) && works(() -> forward(replica)));
    }

    /** @return whether the device can add, once */
    boolean deviceWorks() {
        return works(this::add);
    }

    /** A device that is gone may throw anything, and whoever asks has a tile to answer for. */
    @SuppressWarnings("PMD.AvoidCatchingThrowable")
    private boolean works(Runnable attempt) {
        try {
            Devices.releaseCache(instance.device());
            attempt.run();
            return true;
        } catch (Throwable e) {
            LOG.log(Level.WARNING, instance.name() + " fails at a tiny forward", e);
            return false;
        }
    }

    private void forward(Replica replica) {
        var test = replica.manifest().selfTest();
        try (NDManager scratch = replica.newManager()) {
            NDArray x = tensor(scratch, test.input());
            NDArray condition = test.condition() == null ? null : tensor(scratch, test.condition());
            hook.forward(instance.name(), replica.precision(), x, () -> replica.forward(scratch, x, condition)).sum().getFloat();
        }
    }

    private void add() {
        try (NDManager scratch = NDManager.newBaseManager(instance.device(), "PyTorch")) {
            NDArray x = scratch.ones(new Shape(1, 1, 2, 2));
            hook.forward(instance.name(), Precision.FLOAT32, x, () -> x.add(1)).sum().getFloat();
        }
    }

    private static NDArray tensor(NDManager manager, TensorLiteral literal) {
        return manager.create(FloatBuffer.wrap(literal.values()), new Shape(literal.shape().stream().mapToLong(n -> n).toArray()));
    }
}
