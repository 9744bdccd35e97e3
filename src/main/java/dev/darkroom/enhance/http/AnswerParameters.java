package dev.darkroom.enhance.http;

import dev.darkroom.enhance.AnswerRequest;
import dev.darkroom.enhance.EnhanceParameterException;
import dev.darkroom.http.Query;
import dev.darkroom.image.Chroma;
import dev.darkroom.image.Coding;
import dev.darkroom.image.Fit;
import dev.darkroom.image.OutputException;
import dev.darkroom.image.TargetSize;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.MetadataPolicy;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** The parameters of how an answer is written. */
final class AnswerParameters {
    private AnswerParameters() {}

    /**
     * Reads them.
     *
     * @param accept the request's header, or null
     * @throws EnhanceParameterException naming the first parameter that cannot be understood
     * @throws OutputException           naming the first that is out of its range, or contradicts another
     */
    static AnswerRequest of(Query query, String accept) {
        return new AnswerRequest(query.get("format").map(AnswerParameters::format).orElseGet(() -> AcceptedFormat.of(accept)),
                coding(query), size(query), query.get("metadata").map(AnswerParameters::metadata).orElse(MetadataPolicy.KEEP));
    }

    private static Coding coding(Query query) {
        return new Coding(small(query, "quality"), query.get("chroma").map(AnswerParameters::chroma), truth(query, "progressive").orElse(false),
                small(query, "compression"), truth(query, "lossless"));
    }

    private static Optional<TargetSize> size(Query query) {
        boolean asked = Stream.of("width", "height", "fit").anyMatch(name -> query.get(name).isPresent());
        return asked ? Optional.of(new TargetSize(small(query, "width"), small(query, "height"), query.get("fit").map(AnswerParameters::fit).orElse(Fit.INSIDE)))
                : Optional.empty();
    }

    private static OptionalInt small(Query query, String name) {
        return Numbers.small(query, name).map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    private static Optional<Boolean> truth(Query query, String name) {
        return query.get(name).map(text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new EnhanceParameterException(name + " must be true or false");
        });
    }

    private static List<ImageFormat> format(String name) {
        return List.of(ImageFormat.named(name).orElseThrow(() -> new EnhanceParameterException("format must be png, jpeg (jpg), webp or tiff (tif)")));
    }

    private static Chroma chroma(String name) {
        return Chroma.named(name).orElseThrow(() -> new EnhanceParameterException("chroma must be 420, 422 or 444"));
    }

    private static Fit fit(String name) {
        return Fit.named(name).orElseThrow(() -> new EnhanceParameterException("fit must be inside, cover or fill"));
    }

    private static MetadataPolicy metadata(String name) {
        return MetadataPolicy.named(name).orElseThrow(() -> new EnhanceParameterException("metadata must be keep, strip or copyright"));
    }
}
