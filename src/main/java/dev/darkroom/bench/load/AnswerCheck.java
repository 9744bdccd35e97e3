package dev.darkroom.bench.load;

import dev.darkroom.bench.picture.Picture;
import dev.darkroom.enhance.EnhanceResult;
import dev.darkroom.image.ImageDecoder;
import dev.darkroom.image.ImageLimits;
import dev.darkroom.image.Photo;
import dev.darkroom.image.Raster;
import dev.darkroom.image.file.ImageException;
import dev.darkroom.image.tile.Region;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32C;

/** Compares each answer with the first one to the same picture. Thread-safe. */
public final class AnswerCheck {
    /** A foreign tile is a good part of its rows; what rounding changes is a level here and there, a few after JPEG. */
    private static final double ROW_DIFFERENCE = 2;
    private static final ImageDecoder DECODER =
            new ImageDecoder(new ImageLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Double.MAX_VALUE));

    private record Known(Picture picture, long checksum) {}

    private final Map<Picture, byte[]> first = new ConcurrentHashMap<>();
    private final Map<Known, Verdict> verdicts = new ConcurrentHashMap<>();

    /** With what the service answers to each picture when it has little else to do. */
    public static AnswerCheck of(Bench bench) throws InterruptedException {
        var check = new AnswerCheck();
        new ClosedLoop(1, picture -> bench.enhance(picture).result().thenAccept(result -> check.judge(picture, result)))
                .decks(bench.album().deck(), 1);
        return check;
    }

    public Verdict judge(Picture picture, EnhanceResult result) {
        return judge(picture, result.image().bytes());
    }

    public Verdict judge(Picture picture, byte[] answer) {
        byte[] expected = first.computeIfAbsent(picture, unknown -> answer);
        long checksum = checksum(answer);
        if (checksum == checksum(expected)) {
            return Verdict.SAME;
        }
        return verdicts.computeIfAbsent(new Known(picture, checksum), unknown -> compare(expected, answer));
    }

    private static long checksum(byte[] bytes) {
        var checksum = new CRC32C();
        checksum.update(bytes);
        return checksum.getValue();
    }

    private static Verdict compare(byte[] expected, byte[] answer) {
        try (Photo one = DECODER.decode(ByteBuffer.wrap(expected)); Photo other = DECODER.decode(ByteBuffer.wrap(answer))) {
            return resembles(one.pixels(), other.pixels()) ? Verdict.ROUNDED : Verdict.WRONG;
        } catch (ImageException notEvenAnImage) {
            return Verdict.WRONG;
        }
    }

    /** Row by row the mean absolute difference of 8-bit samples. */
    private static boolean resembles(Raster one, Raster other) {
        if (!one.bounds().equals(other.bounds()) || one.channels() != other.channels() || one.bits() != other.bits()) {
            return false;
        }
        ByteBuffer expected = ByteBuffer.allocateDirect((int) one.bytes(row(one, 0)));
        ByteBuffer actual = ByteBuffer.allocateDirect(expected.capacity());
        for (int y = 0; y < one.height(); y++) {
            one.read(row(one, y), expected.clear());
            other.read(row(one, y), actual.clear());
            long sum = 0;
            for (int i = 0; i < expected.capacity(); i++) {
                sum += Math.abs((expected.get(i) & 0xff) - (actual.get(i) & 0xff));
            }
            if (sum > ROW_DIFFERENCE * expected.capacity()) {
                return false;
            }
        }
        return true;
    }

    private static Region row(Raster raster, int y) {
        return new Region(0, y, raster.width(), 1);
    }
}
