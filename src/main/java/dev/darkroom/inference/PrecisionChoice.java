package dev.darkroom.inference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.darkroom.model.CheckpointRefusedException;
import dev.darkroom.model.Manifest;
import dev.darkroom.model.Precision;
import java.util.Locale;
import java.util.Optional;

/** Measures a checkpoint's precisions on its device and takes the fastest that is faithful enough. */
final class PrecisionChoice {
    /** Below this the reduced precision would be visible in a difference picture. */
    static final double LEAST_PSNR_DB = 50;

    private static final int TIMED_RUNS = 3;
    private static final int SIDE = 128;

    private PrecisionChoice() {}

    /** @throws CheckpointRefusedException if a precision is asked for that the checkpoint does not allow or does badly in */
    static Precision choose(Replica float32, Optional<Precision> wanted) {
        if (wanted.isPresent()) {
            return verified(float32, wanted.get());
        }
        Precision best = Precision.FLOAT32;
        long bestNanos = nanos(float32);
        for (Precision precision : float32.manifest().precisions()) {
            Replica candidate = float32.in(precision);
            if (precision != Precision.FLOAT32 && psnr(float32, candidate) >= LEAST_PSNR_DB) {
                long nanos = nanos(candidate);
                if (nanos < bestNanos) {
                    best = precision;
                    bestNanos = nanos;
                }
            }
        }
        return best;
    }

    private static Precision verified(Replica float32, Precision wanted) {
        if (wanted != Precision.FLOAT32) {
            if (!float32.manifest().precisions().contains(wanted)) {
                throw new CheckpointRefusedException("the manifest does not allow " + wanted);
            }
            double psnr = psnr(float32, float32.in(wanted));
            if (!(psnr >= LEAST_PSNR_DB)) {
                throw new CheckpointRefusedException(String.format(Locale.ROOT,
                        "in %s the output is only %.1f dB from float32's, less than %.0f", wanted, psnr, LEAST_PSNR_DB));
            }
        }
        return wanted;
    }

    /** Between the two outputs, in the value range of the network. */
    private static double psnr(Replica reference, Replica candidate) {
        try (NDManager scratch = reference.newManager()) {
            NDArray x = noise(scratch, reference.manifest());
            NDArray expected = run(scratch, reference, x);
            double range = reference.manifest().range().high() - reference.manifest().range().low();
            double error = run(scratch, candidate, x).sub(expected).square().mean().getFloat();
            return 10 * Math.log10(range * range / error);
        }
    }

    private static long nanos(Replica checkpoint) {
        long best = Long.MAX_VALUE;
        try (NDManager scratch = checkpoint.newManager()) {
            NDArray x = noise(scratch, checkpoint.manifest());
            run(scratch, checkpoint, x).toFloatArray();
            for (int i = 0; i < TIMED_RUNS; i++) {
                long began = System.nanoTime();
                run(scratch, checkpoint, x).toFloatArray(); // a copy to the host waits for the device
                best = Math.min(best, System.nanoTime() - began);
            }
        }
        return best;
    }

    private static NDArray run(NDManager scratch, Replica checkpoint, NDArray x) {
        return checkpoint.forward(scratch, x, SelfTestRun.condition(scratch, checkpoint.manifest()));
    }

    private static NDArray noise(NDManager scratch, Manifest manifest) {
        int side = SIDE / manifest.sizeMultiple() * manifest.sizeMultiple();
        return scratch.randomUniform((float) manifest.range().low(), (float) manifest.range().high(),
                new Shape(1, manifest.channels().in(), side, side), DataType.FLOAT32);
    }
}
