package dev.darkroom.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.darkroom.model.Task;
import dev.darkroom.train.degradation.GaussianNoise;
import dev.darkroom.train.degradation.JpegUploads;
import dev.darkroom.train.network.TrainingException;
import dev.darkroom.train.photo.JpegTraces.Chroma;
import dev.darkroom.train.photo.Planes;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** What a task's pictures suffer at every scale, for MDF's discriminators. */
@FunctionalInterface
interface Distortion {

    /** @param picture shape (1,3,H,W) in [0,1] or nearly so */
    NDArray apply(NDArray picture, NDManager scratch, SplittableRandom random);

    /** @throws TrainingException if MDF is not defined for the task */
    static Distortion of(Task task) {
        return switch (task) {
            case SUPER_RESOLVE -> (picture, scratch, random) -> picture; // the coarser scale is the distortion
            case DENOISE -> onPlanes((picture, random) -> GaussianNoise.added(picture, random.nextDouble(15, 50), random));
            case DEJPEG -> onPlanes((picture, random) -> JpegUploads.through(picture.as8Bit(), random.nextInt(10, 41), Chroma.HALVED));
            default -> throw new TrainingException("discriminators exist for super-resolve, denoise and dejpeg, not for " + task);
        };
    }

    private static Distortion onPlanes(java.util.function.BiFunction<Planes, RandomGenerator, Planes> distort) {
        return (picture, scratch, random) -> {
            var planes = new Planes(3, (int) picture.getShape().get(2), (int) picture.getShape().get(3), picture.toFloatArray());
            return Stack.of(scratch, List.of(distort.apply(planes, random)));
        };
    }
}
