package dev.darkroom.enhance;

import static dev.darkroom.model.Task.DEBLUR;
import static dev.darkroom.model.Task.DEHAZE;
import static dev.darkroom.model.Task.DEJPEG;
import static dev.darkroom.model.Task.DEMOSAIC;
import static dev.darkroom.model.Task.DENOISE;
import static dev.darkroom.model.Task.SUPER_RESOLVE;

import dev.darkroom.image.BayerPattern;
import dev.darkroom.image.EncodeOptions;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.MetadataPolicy;
import dev.darkroom.model.ModelRequest;
import dev.darkroom.model.Task;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * What a caller asks for; a parameter of another task is refused.
 *
 * @param model    which checkpoint of the task
 * @param sigma255 denoise, demosaic: noise standard deviation on the 0..255 scale, 0 to 100; empty: estimated from the image if
 *                 the checkpoint wants to know
 * @param scale    super-resolve: 2 or 4, by default 4; empty for every other task
 * @param pattern  demosaic: of the mosaic as stored, by default RGGB; empty for every other task
 * @param strength all but super-resolve and demosaic: 0 gives the input back, 1 the restored image, between them they are blended
 * @param format   of the answer; empty: the upload's own, PNG for demosaic
 * @param quality  1 to 100, for lossy formats
 * @param metadata what becomes of EXIF and XMP
 * @param timeout  how long the caller will wait; it can only shorten the server's limit
 */
public record EnhanceRequest(Task task, ModelRequest model, OptionalDouble sigma255, OptionalInt scale, Optional<BayerPattern> pattern,
        double strength, Optional<ImageFormat> format, int quality, MetadataPolicy metadata, Optional<Duration> timeout) {
    static final List<Integer> SCALES = List.of(2, 4);
    private static final int DEFAULT_SCALE = 4;

    /** @throws EnhanceParameterException naming the parameter that is out of its range or of another task */
    public EnhanceRequest {
        sigma255.ifPresent(sigma -> require(sigma >= 0 && sigma <= 100, "sigma must be from 0 to 100"));
        scale.ifPresent(times -> require(SCALES.contains(times), "scale must be 2 or 4"));
        require(strength >= 0 && strength <= 1, "strength must be from 0 to 1");
        require(quality >= 1 && quality <= 100, "quality must be from 1 to 100");
        timeout.ifPresent(limit -> require(!limit.isNegative() && !limit.isZero(), "timeout must be at least 1 millisecond"));
        requireTask(task, sigma255.isPresent(), "sigma", DENOISE, DEMOSAIC);
        requireTask(task, scale.isPresent(), "scale", SUPER_RESOLVE);
        requireTask(task, pattern.isPresent(), "pattern", DEMOSAIC);
        requireTask(task, strength != 1, "strength", DENOISE, DEBLUR, DEJPEG, DEHAZE);
        scale = task == SUPER_RESOLVE ? OptionalInt.of(scale.orElse(DEFAULT_SCALE)) : scale;
        pattern = task == DEMOSAIC ? pattern.or(() -> Optional.of(BayerPattern.RGGB)) : pattern;
    }

    /** The task with the store's default checkpoint and every other parameter at its default. */
    public static EnhanceRequest of(Task task) {
        return of(task, new ModelRequest.Default());
    }

    /** The task with every parameter but the checkpoint at its default. */
    public static EnhanceRequest of(Task task, ModelRequest model) {
        return new EnhanceRequest(task, model, OptionalDouble.empty(), OptionalInt.empty(), Optional.empty(), 1, Optional.empty(),
                EncodeOptions.DEFAULT_QUALITY, MetadataPolicy.KEEP, Optional.empty());
    }

    /** The same, by a caller who waits so long. */
    public EnhanceRequest within(Duration limit) {
        return new EnhanceRequest(task, model, sigma255, scale, pattern, strength, format, quality, metadata, Optional.of(limit));
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
