package dev.darkroom.enhance.http;

import dev.darkroom.image.file.ImageFormat;
import jakarta.ws.rs.NotAcceptableException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Reads an {@code Accept} header (RFC 9110, 12.5.1): named formats count, a wildcard leaves the input's own. */
final class AcceptedFormat {
    private record Range(String mediaType, double weight) {
        static Range parse(String text) {
            String[] parts = text.trim().toLowerCase(Locale.ROOT).split(";", -1);
            double weight = Arrays.stream(parts).skip(1).map(String::strip).filter(part -> part.startsWith("q="))
                    .mapToDouble(part -> number(part.substring(2))).findFirst().orElse(1);
            return new Range(parts[0].strip(), weight);
        }

        private static double number(String text) {
            return text.matches("[01](\\.[0-9]{0,3})?") ? Double.parseDouble(text) : 0;
        }

        boolean isWildcard() {
            return mediaType.equals("*/*") || mediaType.equals("image/*");
        }

        /** Clients that are made from the API's description ask for what a failure looks like, not a picture. */
        boolean isJson() {
            return mediaType.equals("application/json") || mediaType.endsWith("+json");
        }

        boolean names(ImageFormat format) {
            return mediaType.equals(format.mediaType());
        }
    }

    private AcceptedFormat() {}

    /**
     * The formats that the caller likes best, all of them equally; empty: the caller does not mind.
     *
     * @throws NotAcceptableException if the caller wants none of the formats that are written
     */
    static List<ImageFormat> of(String accept) {
        List<Range> ranges = accept == null ? List.of()
                : Arrays.stream(accept.split(",")).filter(range -> !range.isBlank()).map(Range::parse).filter(range -> !range.isJson()).toList();
        if (ranges.isEmpty()) {
            return List.of();
        }
        double best = ranges.stream().filter(range -> range.isWildcard() || ImageFormat.WRITTEN.stream().anyMatch(range::names))
                .mapToDouble(Range::weight).filter(weight -> weight > 0).max().orElseThrow(NotAcceptableException::new);
        List<Range> liked = ranges.stream().filter(range -> range.weight == best).toList();
        if (liked.stream().noneMatch(Range::isWildcard)) {
            return liked.stream().flatMap(range -> ImageFormat.WRITTEN.stream().filter(range::names)).distinct().toList();
        }
        List<ImageFormat> taken = ImageFormat.WRITTEN.stream()
                .filter(format -> ranges.stream().noneMatch(range -> range.names(format) && range.weight == 0)).toList();
        if (taken.isEmpty()) {
            throw new NotAcceptableException();
        }
        return taken.size() == ImageFormat.WRITTEN.size() ? List.of() : taken;
    }
}
