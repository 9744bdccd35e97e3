package dev.darkroom.image.container.graphic;

import dev.darkroom.image.file.ByteReader;
import dev.darkroom.image.file.Metadata;
import dev.darkroom.image.file.PhotoshopResources;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a PNG's chunks of text hold that is more than text: XMP, and EXIF, IPTC and XMP in hexadecimal, as ImageMagick began to write them. */
final class PngText {
    private static final String XMP = "XML:com.adobe.xmp";
    private static final Pattern RAW_PROFILE = Pattern.compile("\\s*[a-z]+\\s+([0-9]{1,8})\\s+([0-9a-fA-F\\s]*)");

    private PngText() {}

    static Optional<byte[]> xmp(PngChunks chunks) {
        return chunks.all().stream().filter(chunk -> chunk.type().equals("iTXt") && chunk.data().has(0, XMP + "\0"))
                .findFirst().flatMap(chunk -> Metadata.ifIntact(() -> international(chunk.data())))
                .or(() -> raw(chunks, "xmp"));
    }

    /** EXIF, or whatever else stands under that name. */
    static Optional<byte[]> exif(PngChunks chunks) {
        return raw(chunks, "exif").or(() -> raw(chunks, "APP1")).map(PngText::withoutPrefix);
    }

    private static byte[] withoutPrefix(byte[] block) {
        var reader = new ByteReader(ByteBuffer.wrap(block));
        return reader.has(0, "Exif\0\0") ? reader.array(6, block.length - 6L) : block;
    }

    static Optional<byte[]> photoshop(PngChunks chunks) {
        return raw(chunks, "8bim").or(() -> raw(chunks, "iptc")).flatMap(bytes -> {
            boolean resources = new ByteReader(ByteBuffer.wrap(bytes)).has(0, "8BIM");
            return PhotoshopResources.kept(resources ? bytes : new byte[0], resources ? Optional.empty() : Optional.of(bytes));
        });
    }

    private static Optional<byte[]> raw(PngChunks chunks, String name) {
        return chunks.all().stream().filter(chunk -> isText(chunk) && chunk.data().has(0, "Raw profile type " + name + "\0"))
                .findFirst().flatMap(chunk -> Metadata.ifIntact(() -> text(chunk))).flatMap(PngText::bytes);
    }

    private static boolean isText(PngChunks.Chunk chunk) {
        return chunk.type().equals("zTXt") || chunk.type().equals("tEXt");
    }

    /** A chunk's keyword, or what else stands before its first zero. */
    static String keyword(PngChunks.Chunk chunk) {
        int end = 0;
        while (end < Math.min(80, chunk.data().size()) && chunk.data().u8(end) != 0) {
            end++;
        }
        return new String(chunk.data().array(0, end), StandardCharsets.ISO_8859_1);
    }

    private static Optional<byte[]> text(PngChunks.Chunk chunk) {
        int start = keyword(chunk).length() + 1;
        return chunk.type().equals("zTXt") ? PngChunks.inflated(chunk.data().from(start + 1), 2 * Metadata.MAX_BLOCK_BYTES + 1000)
                : Optional.of(chunk.data().array(start, chunk.data().size() - start)).filter(text -> text.length <= 2 * Metadata.MAX_BLOCK_BYTES + 1000);
    }

    /** A name, a length, and so many bytes in hexadecimal. */
    private static Optional<byte[]> bytes(byte[] text) {
        Matcher form = RAW_PROFILE.matcher(new String(text, StandardCharsets.ISO_8859_1));
        if (!form.lookingAt()) {
            return Optional.empty();
        }
        String digits = form.group(2).replaceAll("\\s", "");
        int length = Integer.parseInt(form.group(1));
        if (digits.length() < 2L * length) {
            return Optional.empty();
        }
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) Integer.parseInt(digits, 2 * i, 2 * i + 2, 16);
        }
        return Optional.of(bytes);
    }

    /** An iTXt chunk's text after its keyword: whether and how it is compressed, a language and a translation, each ending in zero. */
    private static Optional<byte[]> international(ByteReader itxt) {
        boolean compressed = itxt.u8(XMP.length() + 1) == 1;
        int text = XMP.length() + 3;
        for (int zeros = 0; zeros < 2; text++) {
            zeros += itxt.u8(text) == 0 ? 1 : 0;
        }
        ByteReader packet = itxt.from(text);
        return compressed ? PngChunks.inflated(packet, Metadata.MAX_BLOCK_BYTES)
                : Optional.of(packet).filter(bytes -> bytes.size() <= Metadata.MAX_BLOCK_BYTES).map(bytes -> bytes.array(0, bytes.size()));
    }

    static byte[] ofXmp(byte[] packet) {
        return PngChunks.chunk("iTXt", ByteBuffer.allocate(XMP.length() + 5 + packet.length)
                .put(XMP.getBytes(StandardCharsets.ISO_8859_1)).put((byte) 0).putInt(0).put(packet).array());
    }
}
