package dev.darkroom.inference;

import dev.darkroom.model.Precision;
import java.util.Optional;

/**
 * How checkpoints are run.
 *
 * @param device      {@code auto} (the first CUDA device, else the CPU), {@code cpu} or {@code cuda:N}
 * @param precision   of hidden features; empty: the fastest that the checkpoint allows and that stays within 50 dB of
 *                    float32 on this device
 * @param threads     cores that one operation uses on a CPU; 0: all
 * @param batchPixels how many pixels a batch may have
 */
public record InferenceSettings(String device, Optional<Precision> precision, int threads, long batchPixels) {

    public static InferenceSettings defaults() {
        return new InferenceSettings("auto", Optional.empty(), 0, 1 << 20);
    }
}
