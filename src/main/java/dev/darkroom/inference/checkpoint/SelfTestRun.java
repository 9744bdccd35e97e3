package dev.darkroom.inference.checkpoint;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.darkroom.inference.device.OutOfMemory;
import dev.darkroom.model.CheckpointRefusedException;
import dev.darkroom.model.Manifest;
import dev.darkroom.model.Manifest.SelfTest;
import dev.darkroom.model.TensorLiteral;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Locale;

/** Runs the manifest's own example and compares. */
final class SelfTestRun {
    private SelfTestRun() {}

    /** @throws CheckpointRefusedException if the network fails on its example or answers something else */
    static void check(Replica checkpoint) {
        SelfTest test = checkpoint.manifest().selfTest();
        try (NDManager scratch = checkpoint.newManager()) {
            NDArray condition = test.condition() == null ? null : tensor(scratch, test.condition());
            NDArray output = checkpoint.forward(scratch, tensor(scratch, test.input()), condition);
            requireShape(output.getShape(), checkpoint.manifest());
            NDArray expected = tensor(scratch, test.output());
            var corner = new NDIndex("..., :{}, :{}", expected.getShape().get(2), expected.getShape().get(3));
            float difference = output.get(corner).sub(expected).abs().max().getFloat();
            if (!(difference <= test.tolerance())) {
                throw new CheckpointRefusedException(String.format(Locale.ROOT,
                        "self-test: the output differs by %.2g, more than %.2g", difference, test.tolerance()));
            }
        } catch (EngineException e) {
            if (OutOfMemory.is(e)) {
                throw e; // which says nothing against the network
            }
            throw new CheckpointRefusedException("self-test: the network fails on the manifest's example", e);
        }
    }

    private static void requireShape(Shape output, Manifest manifest) {
        long[] input = manifest.selfTest().input().dimensions();
        var whole = new Shape(input[0], manifest.channels().out(), input[2] * manifest.scale(), input[3] * manifest.scale());
        if (!output.equals(whole)) {
            throw new CheckpointRefusedException("self-test: the output's shape is %s instead of %s".formatted(output, whole));
        }
    }

    /** (1,K): what the network is told in its example's first row; for other pictures as likely as any. */
    static NDArray condition(NDManager scratch, Manifest manifest) {
        int columns = manifest.columns();
        float[] values = columns == 0 ? new float[0] : manifest.selfTest().condition().values();
        return scratch.create(Arrays.copyOf(values, columns), new Shape(1, columns));
    }

    private static NDArray tensor(NDManager manager, TensorLiteral literal) {
        long[] shape = literal.shape().stream().mapToLong(Number::longValue).toArray();
        return manager.create(FloatBuffer.wrap(literal.values()), new Shape(shape));
    }
}
