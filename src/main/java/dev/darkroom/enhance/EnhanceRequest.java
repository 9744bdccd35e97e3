package dev.darkroom.enhance;

import dev.darkroom.http.InvalidParameterException;
import dev.darkroom.image.EncodeOptions;
import dev.darkroom.image.ImageFormat;
import dev.darkroom.model.ModelRequest;
import dev.darkroom.model.Task;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a caller asks for.
 *
 * @param model    which checkpoint of the task
 * @param sigma255 noise standard deviation on the 0..255 scale, 0 to 100; empty: estimated from the image
 * @param strength 0 gives the input back, 1 the restored image, between them they are blended
 * @param format   of the answer; empty: the upload's own
 * @param quality  1 to 100, for lossy formats
 * @param timeout  how long the caller will wait; it can only shorten the server's limit
 */
public record EnhanceRequest(Task task, ModelRequest model, OptionalDouble sigma255, double strength,
        Optional<ImageFormat> format, int quality, Optional<Duration> timeout) {

    /** @throws InvalidParameterException naming the parameter that is out of its range */
    public EnhanceRequest {
        sigma255.ifPresent(sigma -> require(sigma >= 0 && sigma <= 100, "sigma must be from 0 to 100"));
        require(strength >= 0 && strength <= 1, "strength must be from 0 to 1");
        require(quality >= 1 && quality <= 100, "quality must be from 1 to 100");
        timeout.ifPresent(limit -> require(!limit.isNegative() && !limit.isZero(), "timeout must be at least 1 millisecond"));
    }

    /** The task with the store's default checkpoint and every other parameter at its default. */
    public static EnhanceRequest of(Task task) {
        return new EnhanceRequest(task, new ModelRequest.Default(), OptionalDouble.empty(), 1, Optional.empty(),
                EncodeOptions.DEFAULT_QUALITY, Optional.empty());
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new InvalidParameterException(message);
        }
    }
}
