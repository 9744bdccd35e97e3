package dev.darkroom.compare.http;

import jakarta.ws.rs.NotAcceptableException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** In what a comparison is answered. */
enum CompareForm {
    /** The report alone. */
    JSON("application/json"),
    /** The report, then the pictures, each with its length. */
    MULTIPART("multipart/mixed"),
    /** The same as an archive. */
    ZIP("application/zip");

    private final String mediaType;

    CompareForm(String mediaType) {
        this.mediaType = mediaType;
    }

    String mediaType() {
        return mediaType;
    }

    /** A part of an {@code Accept} header. */
    private record Range(String type, double weight) {
        static Range parse(String text) {
            String[] parts = Arrays.stream(text.split(";")).map(part -> part.strip().toLowerCase(java.util.Locale.ROOT)).toArray(String[]::new);
            double weight = Arrays.stream(parts).skip(1).filter(part -> part.matches("q=[01](\\.[0-9]{0,3})?"))
                    .mapToDouble(part -> Double.parseDouble(part.substring(2))).findFirst().orElse(1);
            return new Range(parts[0], weight);
        }

        boolean covers(String mediaType) {
            return type.equals("*/*") || type.equals(mediaType) || type.endsWith("/*") && mediaType.startsWith(type.substring(0, type.length() - 1));
        }
    }

    /**
     * What the caller likes best, of equals the one that comes first here.
     *
     * @param accept the request's header, or null
     * @throws NotAcceptableException if that is none of these
     */
    static CompareForm of(String accept) {
        if (accept == null || accept.isBlank()) {
            return JSON;
        }
        List<Range> ranges = Arrays.stream(accept.split(",")).filter(range -> !range.isBlank()).map(Range::parse).toList();
        return Arrays.stream(values()).filter(form -> form.weight(ranges) > 0)
                .max(Comparator.comparingDouble((CompareForm form) -> form.weight(ranges)).thenComparing(Comparator.reverseOrder()))
                .orElseThrow(NotAcceptableException::new);
    }

    /** That of the range which says most about it. */
    private double weight(List<Range> ranges) {
        return ranges.stream().filter(range -> range.covers(mediaType))
                .max(Comparator.comparing(range -> range.type.replace("*", "").length())).map(Range::weight).orElse(0.0);
    }
}
