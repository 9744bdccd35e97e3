package dev.darkroom.enhance;

import static dev.darkroom.model.Task.DEBLUR;
import static dev.darkroom.model.Task.DEHAZE;
import static dev.darkroom.model.Task.DEJPEG;
import static dev.darkroom.model.Task.DEMOSAIC;
import static dev.darkroom.model.Task.DENOISE;
import static dev.darkroom.model.Task.SUPER_RESOLVE;

import dev.darkroom.image.BayerPattern;
import dev.darkroom.image.Dimensions;
import dev.darkroom.image.develop.DevelopSettings;
import dev.darkroom.model.ModelRequest;
import dev.darkroom.model.Task;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * One task, and how it is to be done; a parameter of another task is refused.
 *
 * @param model    which checkpoint of the task
 * @param sigma255 denoise, demosaic: noise standard deviation on the 0..255 scale, 0 to 100; empty: estimated from the image if
 *                 the checkpoint wants to know
 * @param scale    super-resolve: 1 to 4, by default 4; empty for every other task. Networks do 2, 4 and some 3, what lies between is made of that
 * @param pattern  demosaic: of the mosaic as stored; empty: RGGB, or what a DNG says
 * @param strength all but super-resolve and demosaic: 0 gives the input back, 1 the restored image, between them they are blended
 * @param development demosaic: of a DNG; empty: nothing was asked for
 */
public record StepRequest(Task task, ModelRequest model, OptionalDouble sigma255, OptionalDouble scale, Optional<BayerPattern> pattern, double strength,
        Optional<DevelopSettings> development) {
    static final List<Integer> SCALES = List.of(2, 3, 4);
    /** Others' networks enlarge three times too; where a model has none that does, the next larger one takes its place. */
    private static final int RARE = 3;
    private static final int DEFAULT_SCALE = 4;

    /** @throws EnhanceParameterException naming the parameter that is out of its range or of another task */
    public StepRequest {
        sigma255.ifPresent(sigma -> require(sigma >= 0 && sigma <= 100, "sigma must be from 0 to 100"));
        scale.ifPresent(times -> require(times >= 1 && times <= DEFAULT_SCALE, "scale must be from 1 to 4"));
        require(strength >= 0 && strength <= 1, "strength must be from 0 to 1");
        requireTask(task, sigma255.isPresent(), "sigma", DENOISE, DEMOSAIC);
        requireTask(task, scale.isPresent(), "scale", SUPER_RESOLVE);
        requireTask(task, pattern.isPresent(), "pattern", DEMOSAIC);
        requireTask(task, development.isPresent(), "what develops a DNG (wb, profile, exposure, tone)", DEMOSAIC);
        requireTask(task, strength != 1, "strength", DENOISE, DEBLUR, DEJPEG, DEHAZE);
        scale = task == SUPER_RESOLVE ? OptionalDouble.of(scale.orElse(DEFAULT_SCALE)) : scale;
    }

    /** With a DNG, if it is one, developed as its camera says. */
    public StepRequest(Task task, ModelRequest model, OptionalDouble sigma255, OptionalDouble scale, Optional<BayerPattern> pattern, double strength) {
        this(task, model, sigma255, scale, pattern, strength, Optional.empty());
    }

    /** The task with every parameter but the checkpoint at its default. */
    public static StepRequest of(Task task, ModelRequest model) {
        return new StepRequest(task, model, OptionalDouble.empty(), OptionalDouble.empty(), Optional.empty(), 1);
    }

    /** The same by another checkpoint. */
    StepRequest by(ModelRequest other) {
        return new StepRequest(task, other, sigma255, scale, pattern, strength, development);
    }

    /** What becomes of a picture's size. */
    Dimensions of(Dimensions before) {
        return before.times(scale.orElse(1));
    }

    /** How many times a network may enlarge that does this, the best first; empty: none has to. One that does it exactly is not replaced. */
    List<Integer> scalesOfNetworks() {
        if (scale.isEmpty()) {
            return List.of();
        }
        double times = scale.getAsDouble();
        return SCALES.stream().filter(network -> network == times && network != RARE).findFirst().map(List::of)
                .orElseGet(() -> SCALES.stream().filter(network -> network >= times).toList());
    }

    private static void requireTask(Task task, boolean given, String parameter, Task... tasks) {
        require(!given || List.of(tasks).contains(task), parameter + " is no parameter of " + task + ", only of "
                + Arrays.stream(tasks).map(Task::toString).collect(Collectors.joining(", ")));
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new EnhanceParameterException(message);
        }
    }
}
