package dev.darkroom.image.file;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The one property of XMP (ISO 16684-1) that an upright picture changes. */
final class Xmp {
    private static final Pattern ORIENTATION = Pattern.compile("(tiff:Orientation(?:\\s*=\\s*[\"']|>))[2-8](?=[\"'<])");

    private Xmp() {}

    /** The packet of the picture turned upright; of the same length. */
    static byte[] upright(byte[] packet) {
        String text = new String(packet, StandardCharsets.ISO_8859_1);
        return ORIENTATION.matcher(text).replaceAll("$1" + 1).getBytes(StandardCharsets.ISO_8859_1);
    }
}
