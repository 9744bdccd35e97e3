package dev.darkroom.image;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/** TIFF 6.0 with one full-size picture, in the variants that are decoded without loss. */
final class TiffContainer implements Container {

    private static final int SUBFILE = 254;
    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int BITS = 258;
    private static final int COMPRESSION = 259;
    private static final int PHOTOMETRIC = 262;
    private static final int SAMPLES = 277;
    private static final int PLANES = 284;
    private static final int TILE_WIDTH = 322;
    private static final int TILE_HEIGHT = 323;
    private static final int EXTRA_SAMPLES = 338;
    private static final int SAMPLE_FORMAT = 339;
    private static final int ICC = 34675;

    private static final int GRAY = 1;
    private static final int RGB = 2;
    private static final int PALETTE = 3;
    private static final int PREMULTIPLIED = 1;
    private static final int ALPHA = 2;
    /** None, LZW, Deflate (both numbers), PackBits. */
    private static final Set<Long> COMPRESSIONS = Set.of(1L, 5L, 8L, 32946L, 32773L);
    /** The decoder allocates whole tiles, so a small image must not name huge ones. */
    private static final int MAX_TILE_SIDE = 4096;
    private static final int MAX_DIRECTORIES = 64;

    @Override
    public boolean recognises(ByteReader file) {
        return file.has(0, "II*\0") || file.has(0, "MM\0*");
    }

    @Override
    public ImageHeader header(ByteReader file) {
        var directory = TiffDirectory.first(file);
        refuseMorePages(directory);
        int photometric = (int) directory.number(PHOTOMETRIC, -1);
        int bits = (int) directory.number(BITS, 1);
        int samples = (int) directory.number(SAMPLES, 1);
        int channels = photometric == GRAY || photometric == PALETTE ? 1 : 3;
        boolean readable = switch (photometric) {
            case GRAY -> samples == 1 && (bits == 1 || bits == 8 || bits == 16);
            case RGB -> (samples == 3 || samples == 4) && (bits == 8 || bits == 16);
            case PALETTE -> samples == 1 && bits == 8;
            default -> false;
        };
        if (!readable || !directory.all(BITS, bits) || !directory.all(SAMPLE_FORMAT, 1) || !directory.all(PLANES, 1)
                || !COMPRESSIONS.contains(directory.number(COMPRESSION, 1))) {
            throw new UnsupportedImageException("this kind of TIFF is not supported; 8 or 16 bits, gray or RGB, "
                    + "uncompressed or with LZW, Deflate or PackBits are");
        }
        if (samples > channels && directory.number(EXTRA_SAMPLES, 0) == PREMULTIPLIED) {
            throw new UnsupportedImageException("TIFFs with premultiplied alpha are not supported");
        }
        if (directory.number(TILE_WIDTH, 0) > MAX_TILE_SIDE || directory.number(TILE_HEIGHT, 0) > MAX_TILE_SIDE) {
            throw new UnsupportedImageException("TIFFs with tiles of this size are not supported");
        }
        return new ImageHeader(ImageFormat.TIFF, side(directory, WIDTH), side(directory, HEIGHT),
                photometric == GRAY ? 1 : 3, samples > channels, bits, directory.orientation());
    }

    @Override
    public Metadata metadata(ByteReader file) {
        var directory = TiffDirectory.first(file);
        return new Metadata(
                Metadata.ifIntact(() -> directory.bytes(ICC, Metadata.MAX_ICC_BYTES)),
                Metadata.ifIntact(directory::resolution));
    }

    /** Appends a directory with the old and the new fields and points the header at it. */
    @Override
    public byte[] embed(ByteReader encoded, Metadata metadata) {
        var directory = TiffDirectory.first(encoded);
        var order = directory.tiff().order();
        var fields = new TiffFields(order);
        fields.keep(directory, directory.tiff().u32(4));
        metadata.icc().ifPresent(profile -> fields.bytes(ICC, profile));
        metadata.resolution().ifPresent(fields::resolution);
        if (directory.number(SAMPLES, 1) == 4) {
            fields.number(EXTRA_SAMPLES, ALPHA);
        }
        int end = encoded.size() + (encoded.size() & 1);
        byte[] appended = fields.directoryAt(end);
        return ByteBuffer.allocate(end + appended.length).order(order)
                .put(encoded.buffer(0, encoded.size())).put(end, appended).putInt(4, end).array();
    }

    /**
     * Has the decoder deliver samples as stored: it would premultiply 8-bit colours by alpha, which cannot be undone,
     * and follow the orientation for some depths only.
     */
    static void keepSamplesAsStored(ByteBuffer tiff) {
        var directory = TiffDirectory.first(new ByteReader(tiff));
        var bytes = tiff.slice().order(directory.tiff().order());
        overwrite(bytes, directory.fields().get(TiffDirectory.ORIENTATION), 1);
        overwrite(bytes, directory.fields().get(EXTRA_SAMPLES), 0);
    }

    private static void overwrite(ByteBuffer tiff, TiffDirectory.Field field, int value) {
        if (field == null || field.count() != 1) {
            return;
        }
        if (field.type() == TiffDirectory.SHORT) {
            tiff.putShort((int) field.valueAt(), (short) value);
        } else if (field.type() == TiffDirectory.LONG) {
            tiff.putInt((int) field.valueAt(), value);
        }
    }

    private static void refuseMorePages(TiffDirectory first) {
        var seen = new HashSet<Long>();
        int pages = 0;
        for (var directory = first; ; directory = TiffDirectory.at(first.tiff(), directory.next())) {
            pages += (directory.number(SUBFILE, 0) & 1) == 0 ? 1 : 0;
            if (directory == first && pages == 0 || pages > 1) {
                throw new UnsupportedImageException("TIFFs with several pages, or a thumbnail first, are not supported");
            }
            if (directory.next() == 0) {
                return;
            }
            if (!seen.add(directory.next()) || seen.size() > MAX_DIRECTORIES) {
                throw new DamagedImageException("the TIFF's directories do not end");
            }
        }
    }

    private static int side(TiffDirectory directory, int tag) {
        long pixels = directory.number(tag, 0);
        if (pixels < 1 || pixels > Integer.MAX_VALUE) {
            throw new DamagedImageException("the TIFF has no valid width and height");
        }
        return (int) pixels;
    }
}
