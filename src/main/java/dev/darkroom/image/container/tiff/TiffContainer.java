package dev.darkroom.image.container.tiff;

import dev.darkroom.image.file.ByteReader;
import dev.darkroom.image.file.Carried;
import dev.darkroom.image.file.Container;
import dev.darkroom.image.file.DamagedImageException;
import dev.darkroom.image.file.Exif;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.ImageHeader;
import dev.darkroom.image.file.Ledger;
import dev.darkroom.image.file.Metadata;
import dev.darkroom.image.file.Orientation;
import dev.darkroom.image.file.PhotoshopResources;
import dev.darkroom.image.file.TiffDirectory;
import dev.darkroom.image.file.TiffFields;
import dev.darkroom.image.file.UnsupportedImageException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** TIFF 6.0 with one full-size picture, in the variants that are decoded without loss. */
public final class TiffContainer implements Container {

    private static final int SUBFILE = 254;
    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int COMPRESSION = 259;
    private static final int PHOTOMETRIC = 262;
    private static final int STRIP_OFFSETS = 273;
    private static final int SAMPLES = 277;
    private static final int STRIP_BYTES = 279;
    private static final int COLOUR_MAP = 320;
    private static final int TILE_WIDTH = 322;
    private static final int TILE_HEIGHT = 323;
    private static final int TILE_OFFSETS = 324;
    private static final int TILE_BYTES = 325;
    private static final int OTHER_DIRECTORIES = 330;
    private static final int EXTRA_SAMPLES = 338;
    private static final int XMP = 700;
    private static final int IPTC = 33723;
    private static final int PHOTOSHOP = 34377;
    private static final int ICC = 34675;
    private static final int LAYERS_OF_PHOTOSHOP = 37724;
    /** Of the picture, or nothing that is read. */
    private static final Set<Integer> NO_METADATA = Set.of(STRIP_OFFSETS, STRIP_BYTES, COLOUR_MAP, TILE_OFFSETS, TILE_BYTES, LAYERS_OF_PHOTOSHOP);
    private static final int MAKE = 271;
    private static final int DNG_VERSION = 50706;
    /** Of a DNG's first directory, what is about its samples, its previews and its look; the private data of makers is not. */
    private static final Set<String> OF_DNG = Stream.of(IntStream.of(33421, 33422, 37398, 37399), IntStream.rangeClosed(50706, 50739),
            IntStream.rangeClosed(50741, 50780), IntStream.rangeClosed(50827, 50832), IntStream.rangeClosed(50879, 50981),
            IntStream.rangeClosed(51008, 51200), IntStream.rangeClosed(52525, 52600)).flatMap(IntStream::boxed).map(tag -> Integer.toString(tag)).collect(Collectors.toUnmodifiableSet());
    private static final int GRAY_INVERTED = 0;
    private static final int GRAY = 1;
    private static final int PREMULTIPLIED = 1;
    private static final int ALPHA = 2;
    private static final int JPEG = 7;
    /** The decoder allocates whole tiles, so a small image must not name huge ones. */
    private static final int MAX_TILE_SIDE = 4096;
    /** TIFF 6.0: sides are multiples of 16. */
    private static final int MIN_TILE_SIDE = 16;
    private static final int MAX_DIRECTORIES = 64;

    @Override
    public boolean recognises(ByteReader file) {
        return TiffDirectory.begins(file);
    }

    @Override
    public ImageHeader header(ByteReader file) {
        var directory = TiffDirectory.first(file);
        refuseRaw(file, directory);
        refuseMorePages(directory);
        var kind = TiffKind.of(directory);
        if (directory.number(TILE_WIDTH, 0) > MAX_TILE_SIDE || directory.number(TILE_HEIGHT, 0) > MAX_TILE_SIDE) {
            throw new UnsupportedImageException("TIFFs with tiles of this size are not supported");
        }
        requireFewTiles(directory);
        if (directory.number(COMPRESSION, 1) == JPEG) {
            TiffJpegs.check(directory);
        }
        return new ImageHeader(ImageFormat.TIFF, side(directory, WIDTH), side(directory, HEIGHT),
                kind.channels(), kind.alpha(), kind.cmyk() ? 8 : kind.bits(), kind.cmyk(),
                Orientation.of(directory.orientation(), Metadata.ifIntact(() -> xmp(directory))), Optional.empty());
    }

    @Override
    public long metadataBytes(ByteReader file) {
        return TiffDirectory.first(file).fields().entrySet().stream().filter(field -> !NO_METADATA.contains(field.getKey()))
                .mapToLong(field -> field.getValue().bytes()).sum();
    }

    @Override
    public Metadata metadata(ByteReader file) {
        var directory = TiffDirectory.first(file);
        return new Metadata(
                Metadata.ifIntact(() -> directory.bytes(ICC, Metadata.MAX_ICC_BYTES)),
                Metadata.ifIntact(directory::resolution),
                Exif.ofTiff(directory),
                Metadata.ifIntact(() -> xmp(directory)), Metadata.ifIntact(() -> photoshop(directory)));
    }

    private static Optional<byte[]> xmp(TiffDirectory directory) {
        return directory.bytes(XMP, Metadata.MAX_BLOCK_BYTES);
    }

    private static Optional<byte[]> photoshop(TiffDirectory directory) {
        Optional<byte[]> iptc = directory.raw(IPTC, Metadata.MAX_BLOCK_BYTES);
        return PhotoshopResources.kept(directory.bytes(PHOTOSHOP, Metadata.MAX_BLOCK_BYTES).orElse(new byte[0]), iptc);
    }

    @Override
    public Ledger others(ByteReader file, Metadata metadata) {
        var directory = TiffDirectory.first(file);
        var kind = TiffKind.of(directory);
        var ledger = new Ledger().enter(directory.number(COMPRESSION, 1) != JPEG, Carried.LOSSLESS, "samples")
                .enter(directory.has(ICC) && metadata.icc().isEmpty(), Carried.ICC, "broken profile")
                .enter(directory.has(XMP) && metadata.xmp().isEmpty(), Carried.METADATA, "broken XMP")
                .enter(directory.has(IPTC) && metadata.photoshop().isEmpty(), Carried.METADATA, "broken IPTC")
                .enter(directory.has(LAYERS_OF_PHOTOSHOP) || directory.has(OTHER_DIRECTORIES), Carried.IMAGES, "more pictures")
                .enter(kind.extra() > 0 && !kind.alpha(), Carried.CHANNELS, "unspecified")
                .enter(kind.cmyk() && kind.bits() > 8, Carried.BIT_DEPTH, "of inks");
        Exif.fields(directory).stream().filter(field -> !field.equals(Integer.toString(LAYERS_OF_PHOTOSHOP)))
                .forEach(field -> ledger.enter(Carried.METADATA, "EXIF " + field));
        return ledger;
    }

    /** Appends a directory with the old and the new fields and points the header at it. */
    @Override
    public ByteBuffer embed(ByteReader encoded, Metadata metadata, IntFunction<ByteBuffer> room) {
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
        metadata.photoshop().ifPresent(blocks -> {
            fields.bytes(PHOTOSHOP, blocks);
            PhotoshopResources.iptc(blocks).ifPresent(iptc -> fields.bytes(IPTC, iptc));
        });
        if (directory.number(SAMPLES, 1) == 4) {
            fields.number(EXTRA_SAMPLES, ALPHA);
        }
        int end = encoded.size() + (encoded.size() & 1);
        byte[] appended = fields.directoryAt(end);
        return room.apply(end + appended.length).order(order)
                .put(encoded.buffer(0, encoded.size())).put(end, appended).putInt(4, end);
    }

    /**
     * Has the decoder deliver samples as stored: it would premultiply 8-bit colours by alpha, which cannot be undone,
     * and follow the orientation for some depths only.
     *
     * @return whether 0 means white
     */
    public static boolean keepSamplesAsStored(ByteBuffer tiff) {
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

    /** Whether OpenCV's decoder reads it right. */
    public static boolean isPlain(ByteReader file) {
        return TiffKind.of(TiffDirectory.first(file)).plain();
    }

    /** Samples of a pixel that are neither colour nor ink. */
    public static int extraSamples(ByteReader file) {
        return TiffKind.of(TiffDirectory.first(file)).extra();
    }

    /** @throws DamagedImageException if something of its compressed samples is missing */
    public static void requireWhole(ByteReader file, ImageHeader header) {
        var directory = TiffDirectory.first(file);
        TiffStrips.requireWhole(directory, header.width(), header.height(), TiffKind.of(directory).bits() * (int) directory.number(SAMPLES, 1));
    }

    /** Whether colours have been multiplied by alpha. */
    public static boolean isPremultiplied(ByteReader file, ImageHeader header) {
        return header.format() == ImageFormat.TIFF && header.alpha() && TiffDirectory.first(file).number(EXTRA_SAMPLES, 0) == PREMULTIPLIED;
    }

    /** Whether it is a DNG, intact or not. */
    public static boolean isDng(ByteReader file) {
        return Metadata.ifIntact(() -> Optional.of(TiffDirectory.first(file).has(DNG_VERSION))).orElse(false);
    }

    /** What a DNG carries that is neither in its header nor in {@code metadata} and not about its samples: those fields are used up. */
    public static Ledger othersOfDng(ByteReader file, Metadata metadata) {
        var directory = TiffDirectory.first(file);
        var ledger = new Ledger().enter(directory.has(XMP) && metadata.xmp().isEmpty(), Carried.METADATA, "broken XMP")
                .enter(directory.has(IPTC) && metadata.photoshop().isEmpty(), Carried.METADATA, "broken IPTC");
        Exif.fields(directory).stream().filter(field -> !OF_DNG.contains(field)).forEach(field -> ledger.enter(Carried.METADATA, "EXIF " + field));
        return ledger;
    }

    private static void refuseRaw(ByteReader file, TiffDirectory first) {
        boolean small = (first.number(SUBFILE, 0) & 1) == 1;
        if (first.has(DNG_VERSION)) {
            throw new UnsupportedImageException("this is a camera's raw file (DNG): demosaic develops it, no other task takes it");
        }
        if (file.has(8, "CR\2") || small && first.has(OTHER_DIRECTORIES)) {
            String make = first.bytes(MAKE, 64).map(name -> new String(name, StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT)).orElse("");
            String kind = file.has(8, "CR\2") ? " (CR2)" : make.startsWith("NIKON") ? " (NEF)" : make.startsWith("SONY") ? " (ARW)"
                    : make.startsWith("PENTAX") ? " (PEF)" : "";
            throw new UnsupportedImageException("this is a camera's raw file%s: %s".formatted(kind, UnsupportedImageException.CONVERT_RAW));
        }
    }

    private static void refuseMorePages(TiffDirectory first) {
        var seen = new HashSet<Long>();
        int pages = 0;
        for (var directory = first; ; directory = first.another(directory.next())) {
            pages += (directory.number(SUBFILE, 0) & 1) == 0 ? 1 : 0;
            if (directory == first && pages == 0 || pages > 1) {
                throw new UnsupportedImageException("TIFFs with several pages are not supported as a whole; page=1 takes the first");
            }
            if (directory.next() == 0) {
                return;
            }
            if (!seen.add(directory.next()) || seen.size() > MAX_DIRECTORIES) {
                throw new DamagedImageException("the TIFF's directories do not end");
            }
        }
    }

    /** Whole tiles are decoded, each with a call: what they cover beyond the picture, and how small they are, is work without pixels. */
    private static void requireFewTiles(TiffDirectory directory) {
        long width = directory.number(TILE_WIDTH, 0);
        long height = directory.number(TILE_HEIGHT, 0);
        if (!directory.has(TILE_WIDTH) && !directory.has(TILE_HEIGHT)) {
            return;
        }
        if (width < MIN_TILE_SIDE || height < MIN_TILE_SIDE) {
            throw new UnsupportedImageException("TIFFs with tiles of this size are not supported");
        }
        long across = (side(directory, WIDTH) + width - 1) / width;
        long down = (side(directory, HEIGHT) + height - 1) / height;
        double covered = (double) across * width * down * height;
        if (covered > MAX_TILE_SIDE * MAX_TILE_SIDE && covered > 4.0 * side(directory, WIDTH) * side(directory, HEIGHT)) {
            throw new UnsupportedImageException("TIFFs with tiles so much larger than the picture are not supported");
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
