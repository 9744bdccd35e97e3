package dev.darkroom.image;

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
        return raster.with(mat -> samples(mat.data().capacity(mat.total() * mat.elemSize()).asByteBuffer().order(ByteOrder.nativeOrder()),
                raster.storedBits()));
    }

    static int[] samples(Raster raster, Region region) {
        var buffer = buffer(raster.bytes(region));
        raster.read(region, buffer);
        return samples(buffer.flip(), raster.bits());
    }

    static int[] samples(ByteBuffer buffer, int bits) {
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
        try (photo) {
            return new ImageEncoder().encode(photo, EncodeOptions.of(format)).bytes();
        }
    }

    public static Photo decode(byte[] file) {
        return new ImageDecoder(LIMITS).decode(ByteBuffer.wrap(file));
    }

    public static ImageHeader probe(byte[] file) {
        return ImageProbe.probe(ByteBuffer.wrap(file));
    }

    /** The file of a plain {@code photo} with an EXIF orientation put in. */
    public static byte[] oriented(Photo photo, ImageFormat format, int orientation) {
        byte[] file = encode(new Photo(photo.pixels(), photo.alpha(), Metadata.NONE), format);
        var fields = new TiffFields(ByteOrder.LITTLE_ENDIAN);
        fields.number(TiffDirectory.ORIENTATION, orientation);
        var exif = ByteBuffer.allocate(26).order(ByteOrder.LITTLE_ENDIAN)
                .put(latin1("II*\0")).putInt(8).put(fields.directoryAt(8)).array();
        return switch (format) {
            case PNG -> insert(file, 33, pngChunk("eXIf", exif));
            case JPEG -> insert(file, 2, join(latin1("\u00ff\u00e1\0\42Exif\0\0"), exif));
            case WEBP -> {
                var extended = new WebpContainer().embed(new ByteReader(ByteBuffer.wrap(file)),
                        new Metadata(Optional.empty(), Optional.of(new Resolution(1, 1))));
                // The block written for a resolution has three fields of twelve bytes; the first becomes the orientation.
                int field = new String(extended, StandardCharsets.ISO_8859_1).lastIndexOf("II*\0") + 10;
                ByteBuffer.wrap(extended).order(ByteOrder.LITTLE_ENDIAN)
                        .putShort(field, (short) 274).putShort(field + 2, (short) 3).putInt(field + 4, 1).putInt(field + 8, orientation);
                yield extended;
            }
            case BMP -> throw new IllegalArgumentException("BMPs are not written");
            case TIFF -> {
                var tiff = new ByteReader(ByteBuffer.wrap(file));
                var directory = TiffDirectory.first(tiff);
                fields.keep(directory, directory.tiff().u32(4));
                byte[] appended = fields.directoryAt(file.length);
                yield ByteBuffer.allocate(file.length + appended.length).order(ByteOrder.LITTLE_ENDIAN)
                        .put(file).put(appended).putInt(4, file.length).array();
            }
        };
    }

    /** The file of a photo as a camera would write it: with that orientation, EXIF with a thumbnail, XMP, profile and resolution. */
    public static byte[] camera(Photo photo, ImageFormat format, int orientation) {
        byte[] plain = encode(new Photo(photo.pixels(), photo.alpha(), Metadata.NONE), format);
        var metadata = photo.metadata().with(Optional.of(CameraExif.block(orientation)), Optional.of(CameraExif.xmp(orientation)));
        return format.container().embed(new ByteReader(ByteBuffer.wrap(plain)), metadata);
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

    static byte[] join(byte[] first, byte[] second) {
        return insert(first, first.length, second);
    }

    static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
