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
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** The query parameters of an enhancement, as text: what cannot be read is a 400 that names the parameter. */
public class EnhanceParameters {
    @QueryParam("model")
    @Parameter(description = "Checkpoint: LOSS or LOSS@VERSION, for example pdl or d2sm@2. Default: the store's default for the task.")
    String model;

    @QueryParam("sigma")
    @Parameter(description = "denoise, demosaic: noise standard deviation on the 0..255 scale. Default: estimated from the image if the checkpoint wants to know it.",
            schema = @Schema(type = SchemaType.NUMBER, minimum = "0", maximum = "100"))
    String sigma;

    @QueryParam("scale")
    @Parameter(description = "super-resolve: how many times as wide and high the answer is.",
            schema = @Schema(type = SchemaType.INTEGER, enumeration = {"2", "4"}, defaultValue = "4"))
    String scale;

    @QueryParam("pattern")
    @Parameter(description = "demosaic: the colours of the upper left 2 x 2 samples, row by row, as the file stores them.",
            schema = @Schema(type = SchemaType.STRING, enumeration = {"rggb", "bggr", "grbg", "gbrg"}, defaultValue = "rggb"))
    String pattern;

    @QueryParam("strength")
    @DefaultValue("1")
    @Parameter(description = "denoise, deblur, dejpeg, dehaze: blend of the input (0) and the restored image (1).",
            schema = @Schema(type = SchemaType.NUMBER, minimum = "0", maximum = "1", defaultValue = "1"))
    String strength;

    @QueryParam("format")
    @Parameter(description = "Of the answer. Default: what Accept asks for, else the input's format, for demosaic PNG.",
            schema = @Schema(type = SchemaType.STRING, enumeration = {"png", "jpeg", "webp", "tiff"}))
    String format;

    @QueryParam("quality")
    @DefaultValue("92")
    @Parameter(description = "For lossy formats.", schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "100", defaultValue = "92"))
    String quality;

    @QueryParam("metadata")
    @Parameter(description = "What becomes of EXIF and XMP: kept (without the thumbnail), taken away, or all but artist and copyright taken away. "
            + "Colour profile and resolution stay in any case.",
            schema = @Schema(type = SchemaType.STRING, enumeration = {"keep", "strip", "copyright"}, defaultValue = "keep"))
    String metadata;

    @QueryParam("timeout")
    @Parameter(description = "Milliseconds the caller will wait; it can only shorten the server's limit.",
            schema = @Schema(type = SchemaType.INTEGER, minimum = "1"))
    String timeout;

    @HeaderParam("Accept")
    @Parameter(hidden = true)
    String accept;

    /** @throws EnhanceParameterException naming the first parameter that cannot be understood */
    EnhanceRequest request(Task task) {
        return new EnhanceRequest(task,
                ModelRequest.parse(model),
                read("sigma", sigma, Double::parseDouble).map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                read("scale", scale, Integer::parseInt).map(OptionalInt::of).orElse(OptionalInt.empty()),
                Optional.ofNullable(pattern).map(EnhanceParameters::pattern),
                read("strength", strength, Double::parseDouble).orElseThrow(),
                wantedFormat(),
                read("quality", quality, Integer::parseInt).orElseThrow(),
                metadataPolicy(),
                read("timeout", timeout, Long::parseLong).map(Duration::ofMillis));
    }

    private Optional<ImageFormat> wantedFormat() {
        if (format == null) {
            return AcceptedFormat.of(accept);
        }
        return Optional.of(ImageFormat.named(format)
                .orElseThrow(() -> new EnhanceParameterException("format must be png, jpeg, webp or tiff")));
    }

    private MetadataPolicy metadataPolicy() {
        return metadata == null ? MetadataPolicy.KEEP : MetadataPolicy.named(metadata)
                .orElseThrow(() -> new EnhanceParameterException("metadata must be keep, strip or copyright"));
    }

    private static BayerPattern pattern(String name) {
        return BayerPattern.named(name).orElseThrow(() -> new EnhanceParameterException("pattern must be rggb, bggr, grbg or gbrg"));
    }

    private static <T> Optional<T> read(String name, String text, Function<String, T> parse) {
        try {
            return Optional.ofNullable(text).map(parse);
        } catch (NumberFormatException e) {
            throw new EnhanceParameterException(name + " must be a number");
        }
    }
}
