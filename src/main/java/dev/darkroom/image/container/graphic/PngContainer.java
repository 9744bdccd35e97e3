package dev.darkroom.image.container.graphic;

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
import dev.darkroom.image.file.Resolution;
import dev.darkroom.image.file.UnsupportedImageException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/** PNG (W3C, third edition): a signature and a row of chunks, each with length, type, data and CRC. */
public final class PngContainer implements Container {

    private static final String SIGNATURE = "\u0089PNG\r\n\u001a\n";
    private static final int AFTER_IHDR = PngChunks.AFTER_SIGNATURE + 12 + 13;
    private static final Set<String> OF_THE_PICTURE = Set.of("IHDR", "PLTE", "tRNS", PngChunks.PIXELS, PngChunks.END);
    /** What else is understood, or says how a decoder may show what it has (acTL of one frame). */
    private static final Set<String> READ = Set.of("iCCP", "cICP", "sRGB", "gAMA", "cHRM", "pHYs", "eXIf", "acTL", "fcTL");
    private static final Set<String> TEXT = Set.of("tEXt", "zTXt", "iTXt");
    private static final double INCHES_A_METRE = 100 / Resolution.INCH_IN_CM;

    @Override
    public boolean recognises(ByteReader file) {
        return file.has(0, SIGNATURE);
    }

    @Override
    public ImageHeader header(ByteReader file) {
        var chunks = PngChunks.of(file);
        if (!file.has(PngChunks.AFTER_SIGNATURE + 4, "IHDR")) {
            throw new DamagedImageException("the PNG does not begin with its header");
        }
        var ihdr = chunks.first("IHDR").orElseThrow();
        if (chunks.first("acTL").map(control -> control.u32(0)).orElse(1L) > 1) {
            throw new UnsupportedImageException("animated PNGs are not supported");
        }
        int depth = ihdr.u8(8);
        int colourType = ihdr.u8(9);
        if (!depthFits(colourType, depth)) {
            throw new DamagedImageException("the PNG has no valid colour type and bit depth");
        }
        PngColour.requireShowable(chunks, isGray(chunks));
        return new ImageHeader(ImageFormat.PNG, side(ihdr.u32(0)), side(ihdr.u32(4)),
                colourType == 0 || colourType == 4 ? 1 : 3,
                colourType >= 4 || chunks.has("tRNS"),
                colourType == 3 ? 8 : depth,
                Orientation.of(exif(chunks).flatMap(Exif::orientation), PngText.xmp(chunks)));
    }

    private static boolean isGray(PngChunks chunks) {
        return chunks.first("IHDR").map(ihdr -> ihdr.u8(9)).filter(type -> type == 0 || type == 4).isPresent();
    }

    /**
     * The file without the chunks that say nothing of pixels, so that no other reader of untrusted bytes sees them. A gray picture's
     * transparent level goes too, because the decoder does not know it.
     */
    public static ByteBuffer pixelsOnly(ByteBuffer png, IntFunction<ByteBuffer> room) {
        var file = new ByteReader(png);
        var chunks = PngChunks.of(file);
        boolean gray = chunks.first("IHDR").orElseThrow().u8(9) == 0;
        byte[] end = PngChunks.chunk(PngChunks.END, new byte[0]);
        var kept = room.apply(file.size() + end.length).put(file.buffer(0, PngChunks.AFTER_SIGNATURE));
        for (long at = PngChunks.AFTER_SIGNATURE; at < chunks.end(); at += 12 + file.u32(at)) {
            String type = PngChunks.type(file, at);
            if (OF_THE_PICTURE.contains(type) && !(gray && type.equals("tRNS"))) {
                PngChunks.requireSum(file, at);
                kept.put(file.buffer(at, 12 + file.u32(at)));
            }
        }
        return kept.put(end).flip();
    }

    /** The transparent level of a gray PNG in its decoded samples. */
    public static Optional<Integer> transparentLevel(ByteBuffer png) {
        var file = new ByteReader(png);
        var chunks = PngChunks.of(file);
        var ihdr = chunks.first("IHDR").orElseThrow();
        if (ihdr.u8(9) != 0 || !chunks.has("tRNS")) {
            return Optional.empty();
        }
        int depth = ihdr.u8(8);
        int level = chunks.first("tRNS").orElseThrow().u16(0);
        return Optional.of(depth >= 8 ? level : level * 255 / ((1 << depth) - 1));
    }

    @Override
    public long metadataBytes(ByteReader file) {
        return PngChunks.of(file).all().stream().filter(chunk -> !OF_THE_PICTURE.contains(chunk.type())).mapToLong(chunk -> chunk.data().size()).sum();
    }

    @Override
    public Metadata metadata(ByteReader file) {
        var chunks = PngChunks.of(file);
        return new Metadata(
                PngColour.profile(chunks, isGray(chunks)),
                Metadata.ifIntact(() -> chunks.first("pHYs").flatMap(PngContainer::resolution)).or(() -> exif(chunks).flatMap(Exif::resolution)),
                exif(chunks).map(Exif::tiff).filter(block -> block.size() <= Metadata.MAX_BLOCK_BYTES).map(block -> block.array(0, block.size())),
                PngText.xmp(chunks), PngText.photoshop(chunks));
    }

    @Override
    public Ledger others(ByteReader file, Metadata metadata) {
        var chunks = PngChunks.of(file);
        var ledger = new Ledger().enter(Carried.LOSSLESS, "samples").enter(!chunks.has(PngChunks.END), Carried.REPAIRED, "IEND")
                .enter(chunks.end() < file.size(), Carried.IMAGES, "behind the picture")
                .enter(chunks.has("iCCP") && metadata.icc().isEmpty(), Carried.ICC, "broken profile")
                .enter(chunks.has("eXIf") && metadata.exif().isEmpty(), Carried.METADATA, "long EXIF");
        for (var chunk : chunks.all()) {
            boolean read = OF_THE_PICTURE.contains(chunk.type()) || READ.contains(chunk.type()) || isReadText(chunk, metadata);
            ledger.enter(!read, Carried.METADATA, chunk.type() + " " + (TEXT.contains(chunk.type()) ? PngText.keyword(chunk) : ""));
        }
        return ledger;
    }

    private static boolean isReadText(PngChunks.Chunk chunk, Metadata metadata) {
        return TEXT.contains(chunk.type()) && switch (PngText.keyword(chunk)) {
            case "XML:com.adobe.xmp", "Raw profile type xmp" -> metadata.xmp().isPresent();
            case "Raw profile type exif", "Raw profile type APP1" -> metadata.exif().isPresent();
            case "Raw profile type iptc", "Raw profile type 8bim" -> metadata.photoshop().isPresent();
            default -> false;
        };
    }

    @Override
    public Metadata fitting(Metadata metadata) {
        return metadata.withoutPhotoshop();
    }

    @Override
    public ByteBuffer embed(ByteReader encoded, Metadata metadata, IntFunction<ByteBuffer> room) {
        byte[] phys = metadata.resolution().map(PngContainer::phys).orElse(new byte[0]);
        byte[] iccp = metadata.icc().map(PngContainer::iccp).orElse(new byte[0]);
        byte[] exif = metadata.exif().map(block -> PngChunks.chunk("eXIf", block)).orElse(new byte[0]);
        byte[] xmp = metadata.xmp().map(PngText::ofXmp).orElse(new byte[0]);
        return room.apply(encoded.size() + phys.length + iccp.length + exif.length + xmp.length)
                .put(encoded.buffer(0, AFTER_IHDR)).put(phys).put(iccp).put(exif).put(xmp)
                .put(encoded.buffer(AFTER_IHDR, encoded.size() - AFTER_IHDR));
    }

    private static boolean depthFits(int colourType, int depth) {
        return switch (colourType) {
            case 0 -> depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
            case 3 -> depth == 1 || depth == 2 || depth == 4 || depth == 8;
            case 2, 4, 6 -> depth == 8 || depth == 16;
            default -> false;
        };
    }

    private static int side(long pixels) {
        if (pixels < 1 || pixels > Integer.MAX_VALUE) {
            throw new DamagedImageException("the PNG has no valid width and height");
        }
        return (int) pixels;
    }

    private static Optional<Exif> exif(PngChunks chunks) {
        return chunks.first("eXIf").map(Exif::new).or(() -> PngText.exif(chunks).map(Exif::of));
    }

    private static Optional<Resolution> resolution(ByteReader phys) {
        return phys.u8(8) == 1
                ? Resolution.of(phys.u32(0) / 100.0, phys.u32(4) / 100.0, Resolution.UNIT_CM)
                : Optional.empty();
    }

    private static byte[] phys(Resolution resolution) {
        return PngChunks.chunk("pHYs", ByteBuffer.allocate(9)
                .putInt((int) Math.round(resolution.xDpi() * INCHES_A_METRE))
                .putInt((int) Math.round(resolution.yDpi() * INCHES_A_METRE))
                .put((byte) 1).array());
    }

    private static byte[] iccp(byte[] profile) {
        var data = new ByteArrayOutputStream();
        data.writeBytes("ICC profile\0\0".getBytes(StandardCharsets.ISO_8859_1));
        data.writeBytes(PngChunks.deflated(profile));
        return PngChunks.chunk("iCCP", data.toByteArray());
    }
}
