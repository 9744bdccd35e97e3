package dev.darkroom.inference.checkpoint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.darkroom.inference.device.Devices;
import dev.darkroom.model.CheckpointRefusedException;
import dev.darkroom.model.Manifest;
import dev.darkroom.model.Precision;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Measures a checkpoint's precisions on its device and takes the fastest that is faithful enough. */
final class PrecisionChoice {
    /** Below this the reduced precision would be visible in a difference picture. */
    static final double LEAST_PSNR_DB = 50;

    private static final int TIMED_RUNS = 4;
    private static final long LONG_NANOS = (long) (1e6 * BatchTimer.LONG_MILLISECONDS);
    private static final int SIDE = 128;
    /** Without units for it a processor takes hundreds of times as long; a small tile shows that soon. */
    private static final int SMALL_SIDE = 32;
    /** Small tiles are mostly overhead, which says little about large ones. */
    private static final int HOPELESS = 4;

    /** What a device has no units for, by its name: no other network needs to be tried in it. */
    private final Map<String, Set<Precision>> hopeless = new ConcurrentHashMap<>();

    /** @throws CheckpointRefusedException if a precision is asked for that the checkpoint does not allow or does badly in */
    Precision choose(Replica float32, Optional<Precision> wanted) {
        if (wanted.isPresent()) {
            return verified(float32, wanted.get());
        }
        List<Precision> reduced = worthTrying(float32);
        if (reduced.isEmpty()) {
            return Precision.FLOAT32;
        }
        Precision best = Precision.FLOAT32;
        long bestNanos = nanos(float32, SIDE);
        for (Precision precision : reduced) {
            Replica candidate = float32.in(precision);
            long nanos = nanos(candidate, SIDE);
            if (nanos < bestNanos && isFaithful(float32, candidate)) {
                best = precision;
                bestNanos = nanos;
            }
        }
        return best;
    }

    private List<Precision> worthTrying(Replica float32) {
        Set<Precision> hopelessHere = hopeless.computeIfAbsent(Devices.name(float32.device()), name -> ConcurrentHashMap.newKeySet());
        List<Precision> untried = float32.manifest().precisions().stream()
                .filter(precision -> precision != Precision.FLOAT32 && !hopelessHere.contains(precision)).toList();
        if (!untried.isEmpty()) {
            long hopelessNanos = HOPELESS * nanos(float32, SMALL_SIDE);
            untried.stream().filter(precision -> nanos(float32.in(precision), SMALL_SIDE) > hopelessNanos).forEach(hopelessHere::add);
        }
        return untried.stream().filter(precision -> !hopelessHere.contains(precision)).toList();
    }

    /** Whether the manifest allows the candidate's precision and its output is close to float32's. */
    static boolean isFaithful(Replica float32, Replica candidate) {
        return candidate.precision() == Precision.FLOAT32
                || float32.manifest().precisions().contains(candidate.precision()) && psnr(float32, candidate) >= LEAST_PSNR_DB;
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
            NDArray x = noise(scratch, reference.manifest(), SIDE);
            NDArray expected = run(scratch, reference, x);
            double range = reference.manifest().range().high() - reference.manifest().range().low();
            double error = run(scratch, candidate, x).sub(expected).square().mean().getFloat();
            return 10 * Math.log10(range * range / error);
        }
    }

    /** Of the best run: the first pays for preparations, which is not worth another run if it took long. */
    private static long nanos(Replica checkpoint, int side) {
        try (NDManager scratch = checkpoint.newManager()) {
            NDArray x = noise(scratch, checkpoint.manifest(), side);
            long best = Long.MAX_VALUE;
            int least = checkpoint.device().isGpu() ? 2 : 1;
            for (int run = 0; run < TIMED_RUNS && (run < least || best < LONG_NANOS); run++) {
                best = Math.min(best, nanos(scratch, checkpoint, x));
            }
            return best;
        }
    }

    private static long nanos(NDManager scratch, Replica checkpoint, NDArray x) {
        long began = System.nanoTime();
        run(scratch, checkpoint, x).toFloatArray(); // a copy to the host waits for the device
        return System.nanoTime() - began;
    }

    private static NDArray run(NDManager scratch, Replica checkpoint, NDArray x) {
        return checkpoint.forward(scratch, x, SelfTestRun.condition(scratch, checkpoint.manifest()));
    }

    /** @param about rounded down to what the network takes */
    private static NDArray noise(NDManager scratch, Manifest manifest, int about) {
        int side = manifest.takesOneSize() ? manifest.sizeMultiple() : Math.max(1, about / manifest.sizeMultiple()) * manifest.sizeMultiple();
        return scratch.randomUniform((float) manifest.range().low(), (float) manifest.range().high(),
                new Shape(1, manifest.channels().in(), side, side), DataType.FLOAT32);
    }
}
