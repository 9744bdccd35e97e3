package dev.darkroom.image;

import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.ImageHeader;
import dev.darkroom.image.file.Metadata;
import dev.darkroom.image.file.Resolution;
import dev.darkroom.image.tile.Region;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32;

/** Photos and files made up for tests. */
public final class Pictures {

    public static final ImageLimits LIMITS = new ImageLimits(20_000, 20_000, 150);
    static final byte[] RGB_PROFILE = Profiles.srgb();
    static final byte[] GRAY_PROFILE = Profiles.gray();

    private Pictures() {
    }

    public static Photo photo(int width, int height, int channels, int bits, boolean alpha) {
        var metadata = new Metadata(Optional.of(channels == 1 ? GRAY_PROFILE : RGB_PROFILE), Optional.of(new Resolution(300, 240)));
        return new Photo(smooth(width, height, channels, bits, 1),
                alpha ? Optional.of(smooth(width, height, 1, bits, 2)) : Optional.empty(), metadata);
    }

    /** Gradients with a little noise: lossy formats keep them well, and no two edges are alike. */
    public static Raster smooth(int width, int height, int channels, int bits, long seed) {
        var random = new Random(seed);
        var samples = buffer((long) width * height * channels * bits / 8);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int c = 0; c < channels; c++) {
                    int value = 20 + 150 * x / width + 60 * y / height * (c + 1) / channels + random.nextInt(4);
                    if (bits == 8) {
                        samples.put((byte) value);
                    } else {
                        samples.putShort((short) (value * 257 + random.nextInt(100)));
                    }
                }
            }
        }
        return raster(width, height, channels, bits, samples.flip());
    }

    public static Raster raster(int width, int height, int channels, int bits, ByteBuffer samples) {
        var raster = Raster.allocate(width, height, channels, bits);
        raster.write(raster.bounds(), samples, raster.bounds());
        return raster;
    }

    public static int[] samples(Raster raster) {
        return samples(raster, raster.bounds());
    }

    /** The samples as a file holds them, in the order of OpenCV: with their profile's own tones. */
    public static int[] stored(Raster raster) {
        return raster.lend(mat -> samples(mat.data().capacity(mat.total() * mat.elemSize()).asByteBuffer().order(ByteOrder.nativeOrder()),
                raster.storedBits()));
    }

    public static int[] samples(Raster raster, Region region) {
        var buffer = buffer(raster.bytes(region));
        raster.read(region, buffer);
        return samples(buffer.flip(), raster.bits());
    }

    public static int[] samples(ByteBuffer buffer, int bits) {
        var samples = new int[buffer.remaining() * 8 / bits];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = bits == 8 ? buffer.get() & 0xff : buffer.getShort() & 0xffff;
        }
        return samples;
    }

    public static ByteBuffer buffer(long bytes) {
        return ByteBuffer.allocateDirect(Math.toIntExact(bytes)).order(ByteOrder.nativeOrder());
    }

    public static byte[] encode(Photo photo, ImageFormat format) {
        return encode(photo, EncodeOptions.of(format));
    }

    public static byte[] encode(Photo photo, EncodeOptions options) {
        try (photo) {
            return new ImageEncoder().encode(photo, options).bytes();
        }
    }

    public static Photo decode(byte[] file) {
        return new ImageDecoder(LIMITS).decode(ByteBuffer.wrap(file));
    }

    public static ImageHeader probe(byte[] file) {
        return ImageProbe.probe(ByteBuffer.wrap(file));
    }

    public static byte[] pngChunk(String type, byte[] data) {
        byte[] typed = join(latin1(type), data);
        var crc = new CRC32();
        crc.update(typed);
        return ByteBuffer.allocate(8 + typed.length).putInt(data.length).put(typed).putInt((int) crc.getValue()).array();
    }

    public static byte[] insert(byte[] file, int at, byte[] piece) {
        return ByteBuffer.allocate(file.length + piece.length)
                .put(file, 0, at).put(piece).put(file, at, file.length - at).array();
    }

    public static byte[] join(byte[] first, byte[] second) {
        return insert(first, first.length, second);
    }

    public static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
