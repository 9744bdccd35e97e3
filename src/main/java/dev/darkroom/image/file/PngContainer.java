package dev.darkroom.image.file;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** PNG (W3C, third edition): a signature and a row of chunks, each with length, type, data and CRC. */
final class PngContainer implements Container {

    private static final String SIGNATURE = "\u0089PNG\r\n\u001a\n";
    private static final int AFTER_IHDR = PngChunks.AFTER_SIGNATURE + 12 + 13;
    private static final Set<String> OF_THE_PICTURE = Set.of("IHDR", "PLTE", "tRNS", "IDAT");
    private static final double INCHES_A_METRE = 100 / Resolution.INCH_IN_CM;

    @Override
    public boolean recognises(ByteReader file) {
        return file.has(0, SIGNATURE);
    }

    @Override
    public ImageHeader header(ByteReader file) {
        var chunks = PngChunks.of(file);
        var ihdr = chunks.get("IHDR");
        if (ihdr == null || !file.has(PngChunks.AFTER_SIGNATURE + 4, "IHDR")) {
            throw new DamagedImageException("the PNG does not begin with its header");
        }
        if (chunks.containsKey("acTL") && chunks.get("acTL").u32(0) > 1) {
            throw new UnsupportedImageException("animated PNGs are not supported");
        }
        int depth = ihdr.u8(8);
        int colourType = ihdr.u8(9);
        if (!depthFits(colourType, depth)) {
            throw new DamagedImageException("the PNG has no valid colour type and bit depth");
        }
        return new ImageHeader(ImageFormat.PNG, side(ihdr.u32(0)), side(ihdr.u32(4)),
                colourType == 0 || colourType == 4 ? 1 : 3,
                colourType >= 4 || chunks.containsKey("tRNS"),
                colourType == 3 ? 8 : depth,
                exif(chunks).map(Exif::orientation).orElse(Orientation.NONE));
    }

    /**
     * The file without the chunks that say nothing of pixels, so that no other reader of untrusted bytes sees them. A gray picture's
     * transparent level goes too, because the decoder does not know it.
     */
    static ByteBuffer pixelsOnly(ByteBuffer png) {
        var file = new ByteReader(png);
        boolean gray = PngChunks.of(file).get("IHDR").u8(9) == 0;
        var kept = ByteBuffer.allocateDirect(file.size()).put(file.buffer(0, PngChunks.AFTER_SIGNATURE));
        for (long at = PngChunks.AFTER_SIGNATURE; ; at += 12 + file.u32(at)) {
            String type = PngChunks.type(file, at);
            if (OF_THE_PICTURE.contains(type) && !(gray && type.equals("tRNS")) || type.equals("IEND")) {
                PngChunks.requireSum(file, at);
                kept.put(file.buffer(at, 12 + file.u32(at)));
            }
            if (type.equals("IEND")) {
                return kept.flip();
            }
        }
    }

    /** The transparent level of a gray PNG in its decoded samples. */
    static Optional<Integer> transparentLevel(ByteBuffer png) {
        var file = new ByteReader(png);
        var chunks = PngChunks.of(file);
        var ihdr = chunks.get("IHDR");
        if (ihdr.u8(9) != 0 || !chunks.containsKey("tRNS")) {
            return Optional.empty();
        }
        int depth = ihdr.u8(8);
        int level = chunks.get("tRNS").u16(0);
        return Optional.of(depth >= 8 ? level : level * 255 / ((1 << depth) - 1));
    }

    @Override
    public long metadataBytes(ByteReader file) {
        long bytes = 0;
        for (long at = PngChunks.AFTER_SIGNATURE; !file.has(at + 4, "IEND"); at += 12 + file.u32(at)) {
            bytes += OF_THE_PICTURE.contains(PngChunks.type(file, at)) ? 0 : file.u32(at);
        }
        return bytes;
    }

    @Override
    public Metadata metadata(ByteReader file) {
        var chunks = PngChunks.of(file);
        return new Metadata(
                Metadata.ifIntact(() -> Optional.ofNullable(chunks.get("iCCP")).flatMap(PngContainer::inflate)),
                Metadata.ifIntact(() -> Optional.ofNullable(chunks.get("pHYs")).flatMap(PngContainer::resolution))
                        .or(() -> exif(chunks).flatMap(Exif::resolution)),
                exif(chunks).map(Exif::tiff).filter(block -> block.size() <= Metadata.MAX_BLOCK_BYTES).map(block -> block.array(0, block.size())),
                Metadata.ifIntact(() -> Optional.ofNullable(chunks.get("iTXt")).flatMap(PngContainer::xmp)));
    }

    @Override
    public byte[] embed(ByteReader encoded, Metadata metadata) {
        byte[] phys = metadata.resolution().map(PngContainer::phys).orElse(new byte[0]);
        byte[] iccp = metadata.icc().map(PngContainer::iccp).orElse(new byte[0]);
        byte[] exif = metadata.exif().map(block -> PngChunks.chunk("eXIf", block)).orElse(new byte[0]);
        byte[] xmp = metadata.xmp().map(PngContainer::itxt).orElse(new byte[0]);
        return ByteBuffer.allocate(encoded.size() + phys.length + iccp.length + exif.length + xmp.length)
                .put(encoded.buffer(0, AFTER_IHDR)).put(phys).put(iccp).put(exif).put(xmp)
                .put(encoded.buffer(AFTER_IHDR, encoded.size() - AFTER_IHDR)).array();
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

    private static Optional<Exif> exif(Map<String, ByteReader> chunks) {
        return Metadata.ifIntact(() -> Optional.ofNullable(chunks.get("eXIf")).map(Exif::new));
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

    /** An iCCP chunk's profile: a name that ends in zero, a zero for "deflate", then the compressed profile. */
    private static Optional<byte[]> inflate(ByteReader iccp) {
        int data = 0;
        while (iccp.u8(data) != 0) {
            data++;
        }
        data += 2;
        return PngChunks.inflated(iccp.from(data), Metadata.MAX_ICC_BYTES);
    }

    /** An iTXt chunk's text after its keyword: whether and how it is compressed, a language and a translation, each ending in zero. */
    private static Optional<byte[]> xmp(ByteReader itxt) {
        boolean compressed = itxt.u8(PngChunks.XMP.length()) == 1;
        int text = PngChunks.XMP.length() + 2;
        for (int zeros = 0; zeros < 2; text++) {
            zeros += itxt.u8(text) == 0 ? 1 : 0;
        }
        ByteReader packet = itxt.from(text);
        return compressed ? PngChunks.inflated(packet, Metadata.MAX_BLOCK_BYTES)
                : Optional.of(packet).filter(bytes -> bytes.size() <= Metadata.MAX_BLOCK_BYTES).map(bytes -> bytes.array(0, bytes.size()));
    }

    private static byte[] itxt(byte[] packet) {
        return PngChunks.chunk("iTXt", ByteBuffer.allocate(PngChunks.XMP.length() + 4 + packet.length)
                .put(PngChunks.XMP.getBytes(StandardCharsets.ISO_8859_1)).putInt(0).put(packet).array());
    }

    private static byte[] iccp(byte[] profile) {
        var data = new ByteArrayOutputStream();
        data.writeBytes("ICC profile\0\0".getBytes(StandardCharsets.ISO_8859_1));
        data.writeBytes(PngChunks.deflated(profile));
        return PngChunks.chunk("iCCP", data.toByteArray());
    }
}
