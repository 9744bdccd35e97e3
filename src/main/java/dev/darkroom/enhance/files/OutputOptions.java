package dev.darkroom.enhance.files;

import dev.darkroom.enhance.AnswerRequest;
import dev.darkroom.image.Chroma;
import dev.darkroom.image.Coding;
import dev.darkroom.image.Fit;
import dev.darkroom.image.TargetSize;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.MetadataPolicy;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** How each result is written, as the service's parameters have it. */
final class OutputOptions {
    @Option(names = "--format", description = "png, jpeg (jpg), webp or tiff (tif). Default: as the output ends, else each input's own, for demosaic png.")
    private String format;

    @Option(names = "--quality", description = "For lossy formats. Default: " + Coding.DEFAULT_QUALITY + ", and a WebP that was lossless stays so.")
    private Integer quality;

    @Option(names = "--chroma", description = "Of a JPEG's colour: 420, 422 or 444. Default: 444 from quality 90, else 420.")
    private String chroma;

    @Option(names = "--progressive", description = "Write progressive JPEGs.")
    private boolean progressive;

    @Option(names = "--compression", description = "Of PNGs: 0 (none) to 9 (slowest). Default: what suits photographs.")
    private Integer compression;

    @Option(names = "--lossless", negatable = true, description = "WebP without loss; --no-lossless: with, whatever the original was.")
    private Boolean lossless;

    @Option(names = "--width", description = "Pixels that each result is to have at most, or with --fit exactly. It is never enlarged by that.")
    private Integer width;

    @Option(names = "--height", description = "The same.")
    private Integer height;

    @Option(names = "--fit", description = "inside (the size at most), cover (the size, edges cut off) or fill (the size, stretched). Default: inside.")
    private String fit;

    @Option(names = "--metadata", defaultValue = "keep", description = "Of EXIF, XMP and IPTC: keep, strip or copyright: ${DEFAULT-VALUE}.")
    private String metadata;

    /** @throws IllegalArgumentException if it is called like none */
    Optional<ImageFormat> format() {
        return named(format, "--format: png, jpeg (jpg), webp or tiff (tif)", ImageFormat::named);
    }

    /** @throws RuntimeException that says which option is wrong */
    AnswerRequest request(Optional<ImageFormat> written) {
        var coding = new Coding(number(quality), named(chroma, "--chroma: 420, 422 or 444", Chroma::named), progressive, number(compression), Optional.ofNullable(lossless));
        written.ifPresent(coding::requireFits);
        return new AnswerRequest(written.map(List::of).orElse(List.of()), coding, size(),
                named(metadata, "--metadata: keep, strip or copyright", MetadataPolicy::named).orElseThrow());
    }

    private Optional<TargetSize> size() {
        Optional<Fit> way = named(fit, "--fit: inside, cover or fill", Fit::named);
        return width == null && height == null && way.isEmpty() ? Optional.empty()
                : Optional.of(new TargetSize(number(width), number(height), way.orElse(Fit.INSIDE)));
    }

    private static OptionalInt number(Integer option) {
        return option == null ? OptionalInt.empty() : OptionalInt.of(option);
    }

    private static <T> Optional<T> named(String name, String otherwise, Function<String, Optional<T>> find) {
        return Optional.ofNullable(name).map(given -> find.apply(given).orElseThrow(() -> new IllegalArgumentException(otherwise)));
    }
}
