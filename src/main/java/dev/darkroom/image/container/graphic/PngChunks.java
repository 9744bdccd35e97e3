package dev.darkroom.image.container.graphic;

import dev.darkroom.image.file.ByteReader;
import dev.darkroom.image.file.DamagedImageException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * A PNG's chunks: each has length, type, data and CRC; some hold deflated data (RFC 1950).
 *
 * @param end behind the last chunk
 */
record PngChunks(List<Chunk> all, long end) {
    static final int AFTER_SIGNATURE = 8;
    static final String PIXELS = "IDAT";
    static final String END = "IEND";
    private static final int AROUND_DATA = 12;
    private static final int ZLIB_HEADER = 2;

    /** With pixels in pieces of 8 KB, as is usual, those of the largest file there can be. */
    private static final int MOST = 1 << 18;
    private static final int MOST_ASIDE = 1 << 14;

    record Chunk(String type, ByteReader data) {}

    /** All chunks to IEND, of those with pixels the first; of a file that only lacks IEND, all there are. */
    static PngChunks of(ByteReader file) {
        var chunks = new ArrayList<Chunk>();
        boolean pixels = false;
        long at = AFTER_SIGNATURE;
        for (int read = 0; read < MOST && chunks.size() < MOST_ASIDE; read++) {
            boolean onlyEndMissing = at == file.size() && pixels;
            if (onlyEndMissing) {
                return new PngChunks(List.copyOf(chunks), at);
            }
            long length = file.u32(at);
            var chunk = new Chunk(type(file, at), file.slice(at + 8, length));
            boolean ofPixels = chunk.type.equals(PIXELS);
            if (!pixels || !ofPixels) {
                chunks.add(chunk);
            }
            pixels |= ofPixels;
            at += AROUND_DATA + length;
            if (chunk.type.equals(END)) {
                return new PngChunks(List.copyOf(chunks), Math.min(at, file.size()));
            }
        }
        throw new DamagedImageException("the PNG's chunks do not end");
    }

    /** The first of that type. */
    Optional<ByteReader> first(String type) {
        return all.stream().filter(chunk -> chunk.type.equals(type)).map(Chunk::data).findFirst();
    }

    boolean has(String type) {
        return first(type).isPresent();
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

    /**
     * Empty if it is damaged, or longer than {@code atMost} bytes. The checksum at its end is not asked for: some programs leave it
     * out, and the chunk has one of its own.
     */
    static Optional<byte[]> inflated(ByteReader deflated, int atMost) {
        var inflater = new Inflater(true);
        try {
            inflater.setInput(deflated.from(ZLIB_HEADER).buffer(0, deflated.size() - ZLIB_HEADER));
            var bytes = new ByteArrayOutputStream();
            var block = new byte[8192];
            while (!inflater.finished()) {
                int length = inflater.inflate(block);
                if (length == 0 && !inflater.finished() || bytes.size() + length > atMost) {
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
