package dev.darkroom.image.strange;

import static dev.darkroom.image.Pictures.latin1;
import static dev.darkroom.image.Pictures.pngChunk;

import dev.darkroom.image.EncodeOptions;
import dev.darkroom.image.ImageEncoder;
import dev.darkroom.image.Photo;
import dev.darkroom.image.Pictures;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.Metadata;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.Deflater;

/** The pieces of files. */
final class Drawing {
    static final int WIDTH = 64;
    static final int HEIGHT = 48;
    private static final String XMP_START = "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
            + "<rdf:Description rdf:about=\"\" ";
    private static final String XMP_END = "</rdf:RDF></x:xmpmeta>";

    private Drawing() {}

    /** Red grows to the right, green downwards, blue both ways. */
    static int ramp(int x, int y, int channel) {
        return switch (channel) {
            case 0 -> x * 255 / (WIDTH - 1);
            case 1 -> y * 255 / (HEIGHT - 1);
            default -> (x + y) * 255 / (WIDTH + HEIGHT - 2);
        };
    }

    /** The ramp's samples, RGB. */
    static byte[] ramp() {
        byte[] rgb = new byte[WIDTH * HEIGHT * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) ramp(i / 3 % WIDTH, i / 3 / WIDTH, i % 3);
        }
        return rgb;
    }

    static byte[] rampJpeg() {
        var raster = Pictures.raster(WIDTH, HEIGHT, 3, 8, direct(ramp()));
        try (var photo = new Photo(raster, Optional.empty(), Metadata.NONE)) {
            return new ImageEncoder().encode(photo, EncodeOptions.of(ImageFormat.JPEG)).bytes();
        }
    }

    static byte[] rampPng(byte[]... before) {
        return png(WIDTH, HEIGHT, 8, 2, ramp(), before);
    }

    static byte[] png(int width, int height, int depth, int colourType, byte[] samples, byte[]... before) {
        return all(latin1("\u0089PNG\r\n\u001a\n"),
                pngChunk("IHDR", ByteBuffer.allocate(13).putInt(width).putInt(height).put(new byte[] {(byte) depth, (byte) colourType, 0, 0, 0}).array()),
                all(before), pngChunk("IDAT", deflated(filtered(samples, samples.length / height))), pngChunk("IEND", new byte[0]));
    }

    private static byte[] filtered(byte[] samples, int row) {
        var rows = new ByteArrayOutputStream();
        for (int at = 0; at < samples.length; at += row) {
            rows.write(0);
            rows.write(samples, at, row);
        }
        return rows.toByteArray();
    }

    static byte[] deflated(byte[] bytes) {
        var deflater = new Deflater();
        deflater.setInput(bytes);
        deflater.finish();
        byte[] out = new byte[bytes.length + 100];
        int length = deflater.deflate(out);
        deflater.end();
        return java.util.Arrays.copyOf(out, length);
    }

    static byte[] segment(int marker, byte[] data) {
        return ByteBuffer.allocate(4 + data.length).put((byte) 0xff).put((byte) marker).putShort((short) (data.length + 2)).put(data).array();
    }

    /** Right behind the JFIF segment. */
    static byte[] intoJpeg(byte[] jpeg, byte[]... pieces) {
        return Pictures.insert(jpeg, 20, all(pieces));
    }

    /** @param attributes with their namespaces */
    static String xmp(String attributes) {
        return XMP_START + attributes + "/>" + XMP_END;
    }

    static String xmp(String attributes, String properties) {
        return XMP_START + attributes + ">" + properties + "</rdf:Description>" + XMP_END;
    }

    static byte[] xmpSegment(String packet) {
        return segment(0xe1, latin1("http://ns.adobe.com/xap/1.0/\0" + packet));
    }

    static byte[] all(byte[]... pieces) {
        var bytes = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            bytes.writeBytes(piece);
        }
        return bytes.toByteArray();
    }

    static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }
}
