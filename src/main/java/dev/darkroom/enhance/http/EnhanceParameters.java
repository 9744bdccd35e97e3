package dev.darkroom.enhance.http;

import dev.darkroom.enhance.EnhanceParameterException;
import dev.darkroom.enhance.EnhanceRequest;
import dev.darkroom.http.Query;
import dev.darkroom.image.BayerPattern;
import dev.darkroom.image.EncodeOptions;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.MetadataPolicy;
import dev.darkroom.model.ModelRequest;
import dev.darkroom.model.Task;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The query parameters of an enhancement, as text: what cannot be read is a 400 that names the parameter. */
final class EnhanceParameters {
    /** Java would read 25d and 0x1p3 too. */
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,9}(\\.[0-9]{1,30})?([eE][+-]?[0-9]{1,3})?");
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,19}");

    private final Query query;
    private final String accept;

    /** @param accept the request's header, or null */
    EnhanceParameters(Query query, String accept) {
        this.query = query;
        this.accept = accept;
    }

    /** @throws EnhanceParameterException naming the first parameter that cannot be understood */
    EnhanceRequest request(Task task) {
        return new EnhanceRequest(task,
                ModelRequest.parse(query.get("model").orElse(null)),
                read("sigma", DECIMAL, Double::parseDouble).map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                read("scale", WHOLE, Integer::parseInt).map(OptionalInt::of).orElse(OptionalInt.empty()),
                query.get("pattern").map(EnhanceParameters::pattern),
                read("strength", DECIMAL, Double::parseDouble).orElse(1.0),
                query.get("format").map(EnhanceParameters::format).orElseGet(() -> AcceptedFormat.of(accept)),
                read("quality", WHOLE, Integer::parseInt).orElse(EncodeOptions.DEFAULT_QUALITY),
                query.get("metadata").map(EnhanceParameters::metadata).orElse(MetadataPolicy.KEEP),
                read("timeout", WHOLE, Long::parseLong).map(Duration::ofMillis));
    }

    private static List<ImageFormat> format(String name) {
        return List.of(ImageFormat.named(name).orElseThrow(() -> new EnhanceParameterException("format must be png, jpeg, webp or tiff")));
    }

    private static MetadataPolicy metadata(String name) {
        return MetadataPolicy.named(name).orElseThrow(() -> new EnhanceParameterException("metadata must be keep, strip or copyright"));
    }

    private static BayerPattern pattern(String name) {
        return BayerPattern.named(name).orElseThrow(() -> new EnhanceParameterException("pattern must be rggb, bggr, grbg or gbrg"));
    }

    private <T> Optional<T> read(String name, Pattern number, Function<String, T> parse) {
        Optional<String> text = query.get(name);
        try {
            if (text.filter(written -> !number.matcher(written).matches()).isEmpty()) {
                return text.map(parse);
            }
        } catch (NumberFormatException e) {
            // too many digits
        }
        throw new EnhanceParameterException(name + " must be a " + (number == WHOLE ? "whole number" : "number"));
    }
}
