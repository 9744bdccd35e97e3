package dev.darkroom.image.file;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What becomes of EXIF and XMP; colour profile and resolution always stay, and the orientation becomes upright. */
public enum MetadataPolicy {
    /** All, but for the thumbnail, which would show the picture unrestored. */
    KEEP,
    /** Nothing. */
    STRIP,
    /** Artist and copyright alone. */
    COPYRIGHT;

    private static final Pattern XMP_ORIENTATION = Pattern.compile("(tiff:Orientation(?:\\s*=\\s*[\"']|>))[2-8](?=[\"'<])");

    /** The policy called {@code keep}, {@code strip} or {@code copyright}, in any case. */
    public static Optional<MetadataPolicy> named(String name) {
        return Arrays.stream(values()).filter(policy -> policy.name().equalsIgnoreCase(name)).findFirst();
    }

    /** What of {@code metadata} goes into a picture of that size that has been turned upright. */
    public Metadata applied(Metadata metadata, int width, int height) {
        return switch (this) {
            case KEEP -> metadata.with(
                    metadata.exif().flatMap(block -> Exif.of(block).upright(width, height)), metadata.xmp().map(MetadataPolicy::upright));
            case STRIP -> metadata.stripped();
            case COPYRIGHT -> metadata.with(metadata.exif().flatMap(block -> Exif.of(block).copyright()), Optional.empty());
        };
    }

    /** A packet of XMP (ISO 16684-1), of the same length, that says that the picture stands upright; it is the one property that turning changes. */
    private static byte[] upright(byte[] packet) {
        String text = new String(packet, StandardCharsets.ISO_8859_1);
        return XMP_ORIENTATION.matcher(text).replaceAll("$1" + 1).getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
