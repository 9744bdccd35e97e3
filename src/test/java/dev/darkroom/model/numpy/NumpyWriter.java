package dev.darkroom.model.numpy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes NumPy's archives byte by byte. */
public final class NumpyWriter {

    private NumpyWriter() {}

    /** An array of float32 as version 1.0 of the format has it. */
    public static byte[] floats(String shape, float... values) {
        ByteBuffer data = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            data.putFloat(value);
        }
        return array(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (%s), }".formatted(shape), data.array());
    }

    static byte[] doubles(String shape, double... values) {
        ByteBuffer data = ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            data.putDouble(value);
        }
        return array(2, "{'descr': '<f8', 'fortran_order': False, 'shape': (%s), }".formatted(shape), data.array());
    }

    static byte[] array(int version, String header, byte[] data) {
        int lengthBytes = version == 1 ? 2 : 4;
        int padding = 64 - (9 + lengthBytes + header.length()) % 64;
        byte[] text = (header + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer array = ByteBuffer.allocate(8 + lengthBytes + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        array.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
        if (version == 1) {
            array.putShort((short) text.length);
        } else {
            array.putInt(text.length);
        }
        return array.put(text).put(data).array();
    }

    /** The archive, uncompressed, in the map's order. */
    public static byte[] archive(Map<String, byte[]> entries) {
        return archive(entries, ZipEntry.STORED);
    }

    static byte[] archive(Map<String, byte[]> entries, int method) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> content : entries.entrySet()) {
                var crc = new CRC32();
                crc.update(content.getValue());
                var entry = new ZipEntry(content.getKey());
                entry.setMethod(method);
                entry.setSize(content.getValue().length);
                entry.setCrc(crc.getValue());
                zip.putNextEntry(entry);
                zip.write(content.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
