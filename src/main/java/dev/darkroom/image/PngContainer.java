package dev.darkroom.image;

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
    private static final Set<String> WANTED = Set.of("IHDR", "tRNS", "acTL", "pHYs", "iCCP", "eXIf");
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
        if (colourType == 0 && chunks.containsKey("tRNS")) {
            throw new UnsupportedImageException("gray PNGs with a transparent level are not supported");
        }
        return new ImageHeader(ImageFormat.PNG, side(ihdr.u32(0)), side(ihdr.u32(4)),
                colourType == 0 || colourType == 4 ? 1 : 3,
                colourType >= 4 || chunks.containsKey("tRNS"),
                colourType == 3 ? 8 : depth,
                exif(chunks).map(Exif::orientation).orElse(Orientation.NONE));
    }

    @Override
    public Metadata metadata(ByteReader file) {
        var chunks = chunks(file);
        return new Metadata(
                Metadata.ifIntact(() -> Optional.ofNullable(chunks.get("iCCP")).flatMap(PngContainer::inflate)),
                Metadata.ifIntact(() -> Optional.ofNullable(chunks.get("pHYs")).flatMap(PngContainer::resolution))
                        .or(() -> exif(chunks).flatMap(Exif::resolution)));
    }

    @Override
    public byte[] embed(ByteReader encoded, Metadata metadata) {
        byte[] phys = metadata.resolution().map(PngContainer::phys).orElse(new byte[0]);
        byte[] iccp = metadata.icc().map(PngContainer::iccp).orElse(new byte[0]);
        return ByteBuffer.allocate(encoded.size() + phys.length + iccp.length)
                .put(encoded.buffer(0, AFTER_IHDR)).put(phys).put(iccp)
                .put(encoded.buffer(AFTER_IHDR, encoded.size() - AFTER_IHDR)).array();
    }

    /** The first of each wanted chunk; walks to IEND, so a file that is cut short is noticed. */
    private static Map<String, ByteReader> chunks(ByteReader file) {
        var chunks = new HashMap<String, ByteReader>();
        for (long at = AFTER_SIGNATURE; ; ) {
            long length = file.u32(at);
            var type = new String(file.array(at + 4, 4), StandardCharsets.ISO_8859_1);
            var data = file.slice(at + 8, length);
            if (type.equals("IEND")) {
                return chunks;
            }
            if (WANTED.contains(type)) {
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
        var inflater = new Inflater();
        try {
            inflater.setInput(iccp.buffer(data, iccp.size() - data));
            var profile = new ByteArrayOutputStream();
            var block = new byte[8192];
            while (!inflater.finished()) {
                int length = inflater.inflate(block);
                if (length == 0 || profile.size() + length > Metadata.MAX_ICC_BYTES) {
                    return Optional.empty();
                }
                profile.write(block, 0, length);
            }
            return Optional.of(profile.toByteArray());
        } catch (DataFormatException damagedProfile) {
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
