package dev.darkroom.fuzz;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** Gives the chunks of a tampered PNG true checksums, which no fuzzer guesses, so that what is behind them is read too. */
final class PngChecksums {
    private static final long SIGNATURE = 0x89504e470d0a1a0aL;
    private static final int FRAME = 12; // length, type and checksum

    private PngChecksums() {}

    static byte[] corrected(byte[] file) {
        if (file.length < 8 || ByteBuffer.wrap(file).getLong() != SIGNATURE) {
            return file;
        }
        byte[] corrected = file.clone();
        var chunks = ByteBuffer.wrap(corrected);
        int at = 8;
        while (at + FRAME <= corrected.length) {
            int length = chunks.getInt(at);
            if (length < 0 || length > corrected.length - at - FRAME) {
                break;
            }
            var crc = new CRC32();
            crc.update(corrected, at + 4, 4 + length);
            chunks.putInt(at + 8 + length, (int) crc.getValue());
            at += FRAME + length;
        }
        return corrected;
    }
}
