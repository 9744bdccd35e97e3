package dev.darkroom.model.pytorch;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;

/** Writes pickles byte by byte, as {@code torch.save} does. */
final class PickleWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    PickleWriter() {
        bytes(0x80, 2);
    }

    PickleWriter bytes(int... values) {
        for (int value : values) {
            out.write(value);
        }
        return this;
    }

    PickleWriter text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        bytes('X').raw(littleEndian(4).putInt(utf8.length)).raw(ByteBuffer.wrap(utf8));
        return this;
    }

    /** As Python 2 writes text. */
    PickleWriter shortText(String text) {
        return bytes('U', text.length()).raw(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }

    PickleWriter number(int value) {
        return bytes('J').raw(littleEndian(4).putInt(value));
    }

    PickleWriter number(long value) {
        return bytes(0x8a, 8).raw(littleEndian(8).putLong(value));
    }

    PickleWriter global(String module, String name) {
        return bytes('c').raw(ByteBuffer.wrap((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    PickleWriter numbers(long... values) {
        bytes('(');
        for (long value : values) {
            number(value);
        }
        return bytes('t');
    }

    PickleWriter tensor(String type, String key, int elements, long offset, long[] shape, long[] stride) {
        global("torch._utils", "_rebuild_tensor_v2").bytes('(');
        bytes('(').text("storage").global("torch", type).text(key).text("cpu").number(elements).bytes('t', 'Q');
        number(offset).numbers(shape).numbers(stride).bytes(0x89);
        return global("collections", "OrderedDict").bytes(')', 'R').bytes('t', 'R');
    }

    PickleWriter raw(ByteBuffer buffer) {
        out.write(buffer.array(), 0, buffer.array().length);
        return this;
    }

    /** Ends the pickle. */
    byte[] stop() {
        return bytes('.').out.toByteArray();
    }

    /** The container of old: the object's pickle, then the storages in the map's order, with their element sizes. */
    static byte[] legacy(byte[] object, Map<String, byte[]> storages, int elementSize) {
        var file = new ByteArrayOutputStream();
        file.writeBytes(HexFormat.of().parseHex("80028a0a6cfc9c46f9206aa850192e"));
        file.writeBytes(HexFormat.of().parseHex("80024de9032e"));
        file.writeBytes(new PickleWriter().bytes('}', '(').text("little_endian").bytes(0x88, 'u').stop());
        file.writeBytes(object);
        var keys = new PickleWriter().bytes(']', '(');
        storages.keySet().forEach(keys::text);
        file.writeBytes(keys.bytes('e').stop());
        storages.values().forEach(bytes -> {
            file.writeBytes(littleEndian(8).putLong(bytes.length / elementSize).array());
            file.writeBytes(bytes);
        });
        return file.toByteArray();
    }

    static byte[] floats(float... values) {
        ByteBuffer bytes = littleEndian(4 * values.length);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    private static ByteBuffer littleEndian(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }
}
