package dev.darkroom.inference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.darkroom.inference.checkpoint.Replica;
import dev.darkroom.inference.device.Devices;
import dev.darkroom.model.TensorLiteral;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.FloatBuffer;

/** Finds out, after a failure, whether the device itself still works: by a real, tiny forward. */
final class DeviceProbe {
    private static final Logger LOG = System.getLogger(DeviceProbe.class.getName());
    private static final int TRIES = 3;

    private final DeviceInstance instance;
    private final DeviceHook hook;

    DeviceProbe(DeviceInstance instance, DeviceHook hook) {
        this.instance = instance;
        this.hook = hook;
    }

    /** @return whether the checkpoint still answers to the input of its own self-test */
    boolean deviceWorks(Replica replica) {
        for (int i = 0; i < TRIES; i++) {
            Devices.releaseCache(instance.device());
            try {
                forward(replica);
                return true;
            } catch (RuntimeException | OutOfMemoryError e) {
                LOG.log(Level.WARNING, instance.name() + " fails at a tiny forward", e);
            }
        }
        return false;
    }

    private void forward(Replica replica) {
        var test = replica.manifest().selfTest();
        try (NDManager scratch = replica.newManager()) {
            NDArray x = tensor(scratch, test.input());
            NDArray condition = test.condition() == null ? null : tensor(scratch, test.condition());
            hook.forward(instance.name(), replica.precision(), x, () -> replica.forward(scratch, x, condition)).sum().getFloat();
        }
    }

    private static NDArray tensor(NDManager manager, TensorLiteral literal) {
        return manager.create(FloatBuffer.wrap(literal.values()), new Shape(literal.shape().stream().mapToLong(n -> n).toArray()));
    }
}
