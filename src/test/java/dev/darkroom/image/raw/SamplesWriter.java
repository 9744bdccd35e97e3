package dev.darkroom.image.raw;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalInt;
import java.util.zip.DeflaterOutputStream;

/** Codes the samples of a strip or tile. */
public interface SamplesWriter {
    int compression();

    default OptionalInt predictor() {
        return OptionalInt.empty();
    }

    byte[] write(int[] samples, int width, int planes, int bits, ByteOrder order);

    static SamplesWriter packed() {
        return of(1, OptionalInt.empty(), (samples, width, planes, bits, order) -> bytes(samples, width * planes, bits, order));
    }

    /** @param distance of the differences that are stored, pixels; 0: none are */
    static SamplesWriter deflated(int distance) {
        int predictor = distance == 0 ? 1 : distance == 1 ? 2 : distance == 2 ? 34892 : 34893;
        return of(8, OptionalInt.of(predictor), (samples, width, planes, bits, order) -> {
            int[] differences = samples.clone();
            for (int i = 0; i < samples.length; i++) {
                boolean apart = distance > 0 && i % (width * planes) >= distance * planes;
                differences[i] = samples[i] - (apart ? samples[i - distance * planes] : 0) & (1 << bits) - 1;
            }
            return deflate(bytes(differences, width * planes, bits, order));
        });
    }

    static SamplesWriter losslessJpeg(LosslessJpegWriter by) {
        return of(7, OptionalInt.empty(), (samples, width, planes, bits, order) -> by.write(samples, width * planes));
    }

    /** How samples become bytes. */
    interface Code {
        byte[] write(int[] samples, int width, int planes, int bits, ByteOrder order);
    }

    static SamplesWriter of(int compression, OptionalInt predictor, Code code) {
        return new SamplesWriter() {
            @Override
            public int compression() {
                return compression;
            }

            @Override
            public OptionalInt predictor() {
                return predictor;
            }

            @Override
            public byte[] write(int[] samples, int width, int planes, int bits, ByteOrder order) {
                return code.write(samples, width, planes, bits, order);
            }
        };
    }

    private static byte[] bytes(int[] samples, int inRow, int bits, ByteOrder order) {
        int bytesInRow = (inRow * bits + 7) / 8;
        var bytes = ByteBuffer.allocate(samples.length / inRow * bytesInRow).order(order);
        for (int from = 0; from < samples.length; from += inRow) {
            if (bits == 16) {
                for (int i = from; i < from + inRow; i++) {
                    bytes.putShort((short) samples[i]);
                }
                continue;
            }
            for (int bit = 0; bit < inRow * bits; bit++) {
                int at = from / inRow * bytesInRow + bit / 8;
                int one = samples[from + bit / bits] >> bits - 1 - bit % bits & 1;
                bytes.put(at, (byte) (bytes.get(at) | one << 7 - bit % 8));
            }
        }
        return bytes.array();
    }

    private static byte[] deflate(byte[] bytes) {
        var out = new ByteArrayOutputStream();
        try (var deflater = new DeflaterOutputStream(out)) {
            deflater.write(bytes);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
