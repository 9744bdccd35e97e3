package dev.darkroom.enhance.http;

import dev.darkroom.enhance.EnhanceParameterException;
import dev.darkroom.enhance.EnhanceRequest;
import dev.darkroom.image.BayerPattern;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.MetadataPolicy;
import dev.darkroom.model.ModelRequest;
import dev.darkroom.model.Task;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.QueryParam;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The query parameters of an enhancement, as text: what cannot be read is a 400 that names the parameter. */
public class EnhanceParameters {
    /** Java would read 25d and 0x1p3 too. */
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,9}(\\.[0-9]{1,30})?([eE][+-]?[0-9]{1,3})?");
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,19}");

    @QueryParam("model")
    String model;

    @QueryParam("sigma")
    String sigma;

    @QueryParam("scale")
    String scale;

    @QueryParam("pattern")
    String pattern;

    @QueryParam("strength")
    @DefaultValue("1")
    String strength;

    @QueryParam("format")
    String format;

    @QueryParam("quality")
    @DefaultValue("92")
    String quality;

    @QueryParam("metadata")
    String metadata;

    @QueryParam("timeout")
    String timeout;

    @HeaderParam("Accept")
    String accept;

    /** @throws EnhanceParameterException naming the first parameter that cannot be understood */
    EnhanceRequest request(Task task) {
        return new EnhanceRequest(task,
                ModelRequest.parse(model),
                read("sigma", sigma, DECIMAL, Double::parseDouble).map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                read("scale", scale, WHOLE, Integer::parseInt).map(OptionalInt::of).orElse(OptionalInt.empty()),
                Optional.ofNullable(pattern).map(EnhanceParameters::pattern),
                read("strength", strength, DECIMAL, Double::parseDouble).orElseThrow(),
                wantedFormats(),
                read("quality", quality, WHOLE, Integer::parseInt).orElseThrow(),
                metadataPolicy(),
                read("timeout", timeout, WHOLE, Long::parseLong).map(Duration::ofMillis));
    }

    private List<ImageFormat> wantedFormats() {
        if (format == null) {
            return AcceptedFormat.of(accept);
        }
        return List.of(ImageFormat.named(format)
                .orElseThrow(() -> new EnhanceParameterException("format must be png, jpeg, webp or tiff")));
    }

    private MetadataPolicy metadataPolicy() {
        return metadata == null ? MetadataPolicy.KEEP : MetadataPolicy.named(metadata)
                .orElseThrow(() -> new EnhanceParameterException("metadata must be keep, strip or copyright"));
    }

    private static BayerPattern pattern(String name) {
        return BayerPattern.named(name).orElseThrow(() -> new EnhanceParameterException("pattern must be rggb, bggr, grbg or gbrg"));
    }

    private static <T> Optional<T> read(String name, String text, Pattern number, Function<String, T> parse) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            if (number.matcher(text).matches()) {
                return Optional.of(parse.apply(text));
            }
        } catch (NumberFormatException e) {
            // too many digits
        }
        throw new EnhanceParameterException(name + " must be a " + (number == WHOLE ? "whole number" : "number"));
    }
}
