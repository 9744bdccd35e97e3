package dev.darkroom.image.file;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Optional;
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
    private static final int PREDICTOR = 317;
    private static final int TILE_WIDTH = 322;
    private static final int TILE_HEIGHT = 323;
    private static final int EXTRA_SAMPLES = 338;
    private static final int SAMPLE_FORMAT = 339;
    private static final int XMP = 700;
    private static final int ICC = 34675;

    private static final int STRIP_OFFSETS = 273;
    private static final int STRIP_BYTES = 279;
    private static final int COLOUR_MAP = 320;
    private static final int TILE_OFFSETS = 324;
    private static final int TILE_BYTES = 325;
    private static final Set<Integer> OF_THE_PICTURE = Set.of(STRIP_OFFSETS, STRIP_BYTES, COLOUR_MAP, TILE_OFFSETS, TILE_BYTES);
    private static final int GRAY_INVERTED = 0;
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
        boolean gray = photometric == GRAY || photometric == GRAY_INVERTED;
        int channels = gray || photometric == PALETTE ? 1 : 3;
        boolean readable = switch (photometric) {
            case GRAY_INVERTED -> samples == 1 && (bits == 1 || bits == 8 || bits == 16);
            case GRAY -> samples == 1 && (bits == 1 || bits == 8 || bits == 16)
                    || samples == 2 && (bits == 8 || bits == 16 && directory.number(PREDICTOR, 1) == 1);
            case RGB -> (samples == 3 || samples == 4) && (bits == 8 || bits == 16);
            case PALETTE -> samples == 1 && bits == 8;
            default -> false;
        };
        if (!readable || !directory.all(BITS, bits) || !directory.all(SAMPLE_FORMAT, 1) || !directory.all(PLANES, 1)
                || !COMPRESSIONS.contains(directory.number(COMPRESSION, 1))) {
            throw new UnsupportedImageException("this kind of TIFF is not supported; 8 or 16 bits, gray or RGB, "
                    + "uncompressed or with LZW, Deflate or PackBits are");
        }
        if (directory.number(TILE_WIDTH, 0) > MAX_TILE_SIDE || directory.number(TILE_HEIGHT, 0) > MAX_TILE_SIDE) {
            throw new UnsupportedImageException("TIFFs with tiles of this size are not supported");
        }
        return new ImageHeader(ImageFormat.TIFF, side(directory, WIDTH), side(directory, HEIGHT),
                gray ? 1 : 3, samples > channels, bits, directory.orientation());
    }

    @Override
    public long metadataBytes(ByteReader file) {
        return TiffDirectory.first(file).fields().entrySet().stream().filter(field -> !OF_THE_PICTURE.contains(field.getKey()))
                .mapToLong(field -> field.getValue().bytes()).sum();
    }

    @Override
    public Metadata metadata(ByteReader file) {
        var directory = TiffDirectory.first(file);
        return new Metadata(
                Metadata.ifIntact(() -> directory.bytes(ICC, Metadata.MAX_ICC_BYTES)),
                Metadata.ifIntact(directory::resolution),
                Exif.ofTiff(directory),
                Metadata.ifIntact(() -> directory.bytes(XMP, Metadata.MAX_BLOCK_BYTES)));
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
        metadata.exif().ifPresent(block -> Metadata.ifIntact(() -> {
            fields.describe(TiffDirectory.first(new ByteReader(ByteBuffer.wrap(block))));
            return Optional.empty();
        }));
        metadata.xmp().ifPresent(packet -> fields.bytes(XMP, packet));
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
     *
     * @return whether 0 means white
     */
    static boolean keepSamplesAsStored(ByteBuffer tiff) {
        var directory = TiffDirectory.first(new ByteReader(tiff));
        var bytes = tiff.slice().order(directory.tiff().order());
        directory.overwrite(TiffDirectory.ORIENTATION, 1, bytes);
        directory.overwrite(EXTRA_SAMPLES, 0, bytes);
        boolean inverted = directory.number(PHOTOMETRIC, -1) == GRAY_INVERTED;
        if (inverted) {
            directory.overwrite(PHOTOMETRIC, GRAY, bytes);
        }
        return inverted;
    }

    /** Whether colours have been multiplied by alpha. */
    static boolean isPremultiplied(ByteReader file, ImageHeader header) {
        return header.format() == ImageFormat.TIFF && header.alpha() && TiffDirectory.first(file).number(EXTRA_SAMPLES, 0) == PREMULTIPLIED;
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
