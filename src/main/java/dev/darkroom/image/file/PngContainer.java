package dev.darkroom.image.file;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** PNG (W3C, third edition): a signature and a row of chunks, each with length, type, data and CRC. */
final class PngContainer implements Container {

    private static final String SIGNATURE = "\u0089PNG\r\n\u001a\n";
    private static final int AFTER_SIGNATURE = 8;
    private static final int AFTER_IHDR = AFTER_SIGNATURE + 12 + 13;
    private static final Set<String> WANTED = Set.of("IHDR", "tRNS", "acTL", "pHYs", "iCCP", "eXIf", "iTXt");
    private static final Set<String> OF_THE_PICTURE = Set.of("IHDR", "PLTE", "tRNS", "IDAT");
    private static final String XMP = "XML:com.adobe.xmp\0";
    private static final double INCHES_A_METRE = 100 / Resolution.INCH_IN_CM;

    @Override
    public boolean recognises(ByteReader file) {
        return file.has(0, SIGNATURE);
    }

    @Override
    public ImageHeader header(ByteReader file) {
        var chunks = chunks(file);
        var ihdr = chunks.get("IHDR");
        if (ihdr == null || !file.has(AFTER_SIGNATURE + 4, "IHDR")) {
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
        boolean gray = chunks(file).get("IHDR").u8(9) == 0;
        var kept = ByteBuffer.allocateDirect(file.size()).put(file.buffer(0, AFTER_SIGNATURE));
        for (long at = AFTER_SIGNATURE; ; at += 12 + file.u32(at)) {
            String type = type(file, at);
            if (OF_THE_PICTURE.contains(type) && !(gray && type.equals("tRNS")) || type.equals("IEND")) {
                requireSum(file, at);
                kept.put(file.buffer(at, 12 + file.u32(at)));
            }
            if (type.equals("IEND")) {
                return kept.flip();
            }
        }
    }

    /** So that the decoder need not complain. */
    private static void requireSum(ByteReader file, long at) {
        long length = file.u32(at);
        var sum = new CRC32();
        sum.update(file.buffer(at + 4, 4 + length));
        if (sum.getValue() != file.u32(at + 8 + length)) {
            throw new DamagedImageException("the image is damaged and cannot be decoded");
        }
    }

    /** The transparent level of a gray PNG in its decoded samples. */
    static Optional<Integer> transparentLevel(ByteBuffer png) {
        var file = new ByteReader(png);
        var chunks = chunks(file);
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
        for (long at = AFTER_SIGNATURE; !file.has(at + 4, "IEND"); at += 12 + file.u32(at)) {
            bytes += OF_THE_PICTURE.contains(type(file, at)) ? 0 : file.u32(at);
        }
        return bytes;
    }

    private static String type(ByteReader file, long at) {
        return new String(file.array(at + 4, 4), StandardCharsets.ISO_8859_1);
    }

    @Override
    public Metadata metadata(ByteReader file) {
        var chunks = chunks(file);
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
        byte[] exif = metadata.exif().map(block -> chunk("eXIf", block)).orElse(new byte[0]);
        byte[] xmp = metadata.xmp().map(PngContainer::itxt).orElse(new byte[0]);
        return ByteBuffer.allocate(encoded.size() + phys.length + iccp.length + exif.length + xmp.length)
                .put(encoded.buffer(0, AFTER_IHDR)).put(phys).put(iccp).put(exif).put(xmp)
                .put(encoded.buffer(AFTER_IHDR, encoded.size() - AFTER_IHDR)).array();
    }

    /** The first of each wanted chunk; walks to IEND, so a file that is cut short is noticed. */
    private static Map<String, ByteReader> chunks(ByteReader file) {
        var chunks = new HashMap<String, ByteReader>();
        for (long at = AFTER_SIGNATURE; ; ) {
            long length = file.u32(at);
            var type = type(file, at);
            var data = file.slice(at + 8, length);
            if (type.equals("IEND")) {
                return chunks;
            }
            if (WANTED.contains(type) && (!type.equals("iTXt") || data.has(0, XMP))) {
                chunks.putIfAbsent(type, data);
            }
            at += 12 + length;
        }
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
        return chunk("pHYs", ByteBuffer.allocate(9)
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
        return inflated(iccp.from(data), Metadata.MAX_ICC_BYTES);
    }

    /** An iTXt chunk's text after its keyword: whether and how it is compressed, a language and a translation, each ending in zero. */
    private static Optional<byte[]> xmp(ByteReader itxt) {
        boolean compressed = itxt.u8(XMP.length()) == 1;
        int text = XMP.length() + 2;
        for (int zeros = 0; zeros < 2; text++) {
            zeros += itxt.u8(text) == 0 ? 1 : 0;
        }
        ByteReader packet = itxt.from(text);
        return compressed ? inflated(packet, Metadata.MAX_BLOCK_BYTES)
                : Optional.of(packet).filter(bytes -> bytes.size() <= Metadata.MAX_BLOCK_BYTES).map(bytes -> bytes.array(0, bytes.size()));
    }

    private static byte[] itxt(byte[] packet) {
        return chunk("iTXt", ByteBuffer.allocate(XMP.length() + 4 + packet.length)
                .put(XMP.getBytes(StandardCharsets.ISO_8859_1)).putInt(0).put(packet).array());
    }

    private static Optional<byte[]> inflated(ByteReader deflated, int atMost) {
        var inflater = new Inflater();
        try {
            inflater.setInput(deflated.buffer(0, deflated.size()));
            var bytes = new ByteArrayOutputStream();
            var block = new byte[8192];
            while (!inflater.finished()) {
                int length = inflater.inflate(block);
                if (length == 0 || bytes.size() + length > atMost) {
                    return Optional.empty();
                }
                bytes.write(block, 0, length);
            }
            return Optional.of(bytes.toByteArray());
        } catch (DataFormatException damaged) {
            return Optional.empty();
        } finally {
            inflater.end();
        }
    }

    private static byte[] iccp(byte[] profile) {
        var data = new ByteArrayOutputStream();
        data.writeBytes("ICC profile\0\0".getBytes(StandardCharsets.ISO_8859_1));
        var deflater = new Deflater();
        deflater.setInput(profile);
        deflater.finish();
        var block = new byte[8192];
        while (!deflater.finished()) {
            data.write(block, 0, deflater.deflate(block));
        }
        deflater.end();
        return chunk("iCCP", data.toByteArray());
    }

    private static byte[] chunk(String type, byte[] data) {
        var chunk = ByteBuffer.allocate(12 + data.length)
                .putInt(data.length).put(type.getBytes(StandardCharsets.ISO_8859_1)).put(data);
        var crc = new CRC32();
        crc.update(chunk.array(), 4, 4 + data.length);
        return chunk.putInt((int) crc.getValue()).array();
    }
}
