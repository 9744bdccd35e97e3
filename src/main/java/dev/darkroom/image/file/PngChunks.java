package dev.darkroom.image.file;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** A PNG's chunks: each has length, type, data and CRC; some hold deflated data (RFC 1950). */
final class PngChunks {
    static final int AFTER_SIGNATURE = 8;
    /** The keyword of an iTXt chunk that holds XMP. */
    static final String XMP = "XML:com.adobe.xmp\0";
    private static final Set<String> WANTED = Set.of("IHDR", "tRNS", "acTL", "pHYs", "iCCP", "eXIf", "iTXt");

    private PngChunks() {}

    /** The first of each wanted chunk; walks to IEND, so a file that is cut short is noticed. */
    static Map<String, ByteReader> of(ByteReader file) {
        var chunks = new HashMap<String, ByteReader>();
        for (long at = AFTER_SIGNATURE; ; ) {
            long length = file.u32(at);
            var type = type(file, at);
            var data = file.slice(at + 8, length);
            if (type.equals("IEND")) {
                return chunks;
            }
            if (WANTED.contains(type) && (!type.equals("iTXt") || data.has(0, XMP))) {
                chunks.putIfAbsent(type, data);
            }
            at += 12 + length;
        }
    }

    static String type(ByteReader file, long at) {
        return new String(file.array(at + 4, 4), StandardCharsets.ISO_8859_1);
    }

    /** So that the decoder need not complain. */
    static void requireSum(ByteReader file, long at) {
        long length = file.u32(at);
        var sum = new CRC32();
        sum.update(file.buffer(at + 4, 4 + length));
        if (sum.getValue() != file.u32(at + 8 + length)) {
            throw new DamagedImageException("the image is damaged and cannot be decoded");
        }
    }

    static byte[] chunk(String type, byte[] data) {
        var chunk = ByteBuffer.allocate(12 + data.length)
                .putInt(data.length).put(type.getBytes(StandardCharsets.ISO_8859_1)).put(data);
        var crc = new CRC32();
        crc.update(chunk.array(), 4, 4 + data.length);
        return chunk.putInt((int) crc.getValue()).array();
    }

    /** Empty if it is damaged, or longer than {@code atMost} bytes. */
    static Optional<byte[]> inflated(ByteReader deflated, int atMost) {
        var inflater = new Inflater();
        try {
            inflater.setInput(deflated.buffer(0, deflated.size()));
            var bytes = new ByteArrayOutputStream();
            var block = new byte[8192];
            while (!inflater.finished()) {
                int length = inflater.inflate(block);
                if (length == 0 || bytes.size() + length > atMost) {
                    return Optional.empty();
                }
                bytes.write(block, 0, length);
            }
            return Optional.of(bytes.toByteArray());
        } catch (DataFormatException damaged) {
            return Optional.empty();
        } finally {
            inflater.end();
        }
    }

    static byte[] deflated(byte[] bytes) {
        var deflater = new Deflater();
        deflater.setInput(bytes);
        deflater.finish();
        var data = new ByteArrayOutputStream();
        var block = new byte[8192];
        while (!deflater.finished()) {
            data.write(block, 0, deflater.deflate(block));
        }
        deflater.end();
        return data.toByteArray();
    }
}
