package dev.darkroom.enhance.http;

import dev.darkroom.image.file.ImageFormat;
import jakarta.ws.rs.NotAcceptableException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/** Reads an {@code Accept} header (RFC 9110, 12.5.1): a named format counts, a wildcard leaves the input's own. */
final class AcceptedFormat {
    private record Range(String mediaType, double weight) {
        static Range parse(String text) {
            String[] parts = text.trim().split("\\s*;\\s*", -1);
            double weight = Arrays.stream(parts).skip(1).filter(part -> part.startsWith("q="))
                    .mapToDouble(part -> number(part.substring(2))).findFirst().orElse(1);
            return new Range(parts[0], weight);
        }

        private static double number(String text) {
            try {
                return Double.parseDouble(text);
            } catch (NumberFormatException e) {
                return 0;
            }
        }

        boolean isWildcard() {
            return mediaType.equals("*/*") || mediaType.equalsIgnoreCase("image/*");
        }
    }

    private AcceptedFormat() {}

    /**
     * Empty: the caller does not mind.
     *
     * @throws NotAcceptableException if the caller wants none of the formats that are written
     */
    static Optional<ImageFormat> of(String accept) {
        if (accept == null || accept.isBlank()) {
            return Optional.empty();
        }
        Range best = Arrays.stream(accept.split(",")).map(Range::parse)
                .filter(range -> range.weight > 0)
                .filter(range -> range.isWildcard() || ImageFormat.ofMediaType(range.mediaType).isPresent())
                .max(Comparator.comparingDouble(Range::weight).thenComparing(Range::isWildcard))
                .orElseThrow(NotAcceptableException::new);
        return ImageFormat.ofMediaType(best.mediaType);
    }
}
