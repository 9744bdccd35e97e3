package dev.darkroom.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The caller's trace, as {@code traceparent} names it (W3C Trace Context, section 3.2). */
final class TraceParent {
    static final String HEADER = "traceparent";
    /** A later version may say more behind a hyphen; version ff does not exist. */
    private static final Pattern FORM = Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.{0,200})?");

    private TraceParent() {}

    /** Empty if there is none, or none that can be read. */
    static Optional<String> traceId(String header) {
        if (header == null) {
            return Optional.empty();
        }
        Matcher matcher = FORM.matcher(header);
        boolean sane = matcher.matches() && (matcher.group(2) == null || !header.startsWith("00"));
        return sane ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
