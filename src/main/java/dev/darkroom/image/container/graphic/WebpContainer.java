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
import dev.darkroom.image.file.TiffFields;
import dev.darkroom.image.file.UnsupportedImageException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/** WebP (RFC 9649): RIFF chunks, little-endian, each padded to an even length. */
public final class WebpContainer implements Container {

    private static final Set<String> OF_THE_PICTURE = Set.of("VP8 ", "VP8L", "VP8X", "ALPH");
    private static final Set<String> READ = Set.of("ICCP", "EXIF", "XMP ");
    private static final int MOST_CHUNKS = 1024;
    private static final int AFTER_RIFF = 12;
    private static final int ANIMATED = 0x02;
    private static final int XMP = 0x04;
    private static final int EXIF = 0x08;
    private static final int ALPHA = 0x10;
    private static final int ICC = 0x20;

    @Override
    public boolean recognises(ByteReader file) {
        return file.has(0, "RIFF") && file.has(8, "WEBP");
    }

    @Override
    public ImageHeader header(ByteReader file) {
        var chunks = chunks(file);
        var extended = chunks.get("VP8X");
        if (extended != null && (extended.u8(0) & ANIMATED) != 0) {
            throw new UnsupportedImageException("animated WebPs are not supported");
        }
        var frame = frame(chunks);
        if (extended != null && (u24(extended, 4) + 1 != frame.width() || u24(extended, 7) + 1 != frame.height())) {
            throw new DamagedImageException("the WebP contradicts itself about its size");
        }
        return new ImageHeader(ImageFormat.WEBP, frame.width(), frame.height(), 3,
                frame.alpha() || extended != null && (extended.u8(0) & ALPHA) != 0, 8,
                Orientation.of(exif(chunks).flatMap(Exif::orientation), xmp(chunks)));
    }

    @Override
    public long metadataBytes(ByteReader file) {
        return chunks(file).entrySet().stream().filter(chunk -> !OF_THE_PICTURE.contains(chunk.getKey()))
                .mapToLong(chunk -> chunk.getValue().size()).sum();
    }

    @Override
    public Metadata metadata(ByteReader file) {
        var chunks = chunks(file);
        return new Metadata(
                Optional.ofNullable(chunks.get("ICCP"))
                        .filter(icc -> icc.size() <= Metadata.MAX_ICC_BYTES).map(icc -> icc.array(0, icc.size())),
                exif(chunks).flatMap(Exif::resolution),
                exif(chunks).map(Exif::tiff).filter(block -> block.size() <= Metadata.MAX_BLOCK_BYTES).map(block -> block.array(0, block.size())),
                xmp(chunks), Optional.empty());
    }

    @Override
    public Ledger others(ByteReader file, Metadata metadata) {
        var chunks = chunks(file);
        var ledger = new Ledger().enter(chunks.containsKey("VP8L"), Carried.LOSSLESS, "samples")
                .enter(chunks.containsKey("ICCP") && metadata.icc().isEmpty(), Carried.ICC, "long profile")
                .enter(chunks.containsKey("EXIF") && metadata.exif().isEmpty(), Carried.METADATA, "long EXIF")
                .enter(chunks.containsKey("XMP ") && metadata.xmp().isEmpty(), Carried.METADATA, "long XMP")
                .enter(file.size() > end(file), Carried.IMAGES, "behind the picture");
        for (String type : chunks.keySet()) {
            ledger.enter(!OF_THE_PICTURE.contains(type) && !READ.contains(type), Carried.METADATA, "chunk " + type);
        }
        return ledger;
    }

    @Override
    public Metadata fitting(Metadata metadata) {
        return metadata.withoutPhotoshop();
    }

    private static Optional<byte[]> xmp(Map<String, ByteReader> chunks) {
        return Optional.ofNullable(chunks.get("XMP "))
                .filter(packet -> packet.size() <= Metadata.MAX_BLOCK_BYTES).map(packet -> packet.array(0, packet.size()));
    }

    /** Rewrites the file in the extended layout, which alone has room for metadata: VP8X, ICCP, the image, EXIF, XMP. */
    @Override
    public ByteBuffer embed(ByteReader encoded, Metadata metadata, IntFunction<ByteBuffer> room) {
        if (metadata.equals(Metadata.NONE)) {
            return room.apply(encoded.size()).put(encoded.buffer(0, encoded.size()));
        }
        var header = header(encoded);
        byte[] icc = metadata.icc().map(profile -> chunk("ICCP", profile)).orElse(new byte[0]);
        byte[] exif = exif(metadata).map(block -> chunk("EXIF", block)).orElse(new byte[0]);
        byte[] xmp = metadata.xmp().map(packet -> chunk("XMP ", packet)).orElse(new byte[0]);
        byte[] extended = chunk("VP8X", ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN)
                .putInt((icc.length > 0 ? ICC : 0) | (exif.length > 0 ? EXIF : 0) | (xmp.length > 0 ? XMP : 0) | (header.alpha() ? ALPHA : 0))
                .putShort((short) (header.width() - 1)).put((byte) 0)
                .putShort((short) (header.height() - 1)).put((byte) 0).array());
        var image = withoutExtension(encoded);
        int size = AFTER_RIFF + extended.length + icc.length + image.remaining() + exif.length + xmp.length;
        return room.apply(size).order(ByteOrder.LITTLE_ENDIAN)
                .put(ascii("RIFF")).putInt(size - 8).put(ascii("WEBP"))
                .put(extended).put(icc).put(image).put(exif).put(xmp);
    }

    /** Where a WebP says its resolution, too. */
    private static Optional<byte[]> exif(Metadata metadata) {
        return metadata.exif()
                .flatMap(block -> metadata.resolution().isEmpty() ? Optional.of(block) : Exif.of(block).withResolution(metadata.resolution().get()))
                .or(() -> metadata.resolution().map(TiffFields::exif));
    }

    private record Frame(int width, int height, boolean alpha) {
    }

    private static Frame frame(Map<String, ByteReader> chunks) {
        var lossy = chunks.get("VP8 ");
        var lossless = chunks.get("VP8L");
        Frame frame;
        if (lossy != null) {
            frame = new Frame(lossy.u16(6) & 0x3fff, lossy.u16(8) & 0x3fff, false);
        } else if (lossless != null) {
            long bits = lossless.u32(1);
            frame = new Frame((int) (bits & 0x3fff) + 1, (int) (bits >> 14 & 0x3fff) + 1, (bits >> 28 & 1) == 1);
        } else {
            throw new DamagedImageException("the WebP has no image in it");
        }
        if (frame.width() == 0 || frame.height() == 0) {
            throw new DamagedImageException("the WebP has no valid size");
        }
        return frame;
    }

    /** Of all chunks, padded to an even length. */
    private static long end(ByteReader file) {
        long length = file.order(ByteOrder.LITTLE_ENDIAN).u32(4);
        return 8 + length + (length & 1);
    }

    private static Map<String, ByteReader> chunks(ByteReader bigEndian) {
        var file = bigEndian.order(ByteOrder.LITTLE_ENDIAN);
        long end = end(file);
        var chunks = new HashMap<String, ByteReader>();
        long at = AFTER_RIFF;
        for (int chunk = 0; at + 8 <= end; chunk++) {
            if (chunk == MOST_CHUNKS) {
                throw new DamagedImageException("the WebP's chunks do not end");
            }
            long length = file.u32(at + 4);
            chunks.putIfAbsent(new String(file.array(at, 4), StandardCharsets.ISO_8859_1), file.slice(at + 8, length));
            at += 8 + length + (length & 1);
        }
        return chunks;
    }

    private static Optional<Exif> exif(Map<String, ByteReader> chunks) {
        return Optional.ofNullable(chunks.get("EXIF"))
                .map(exif -> new Exif(exif.has(0, "Exif\0\0") ? exif.from(6) : exif));
    }

    /** The chunks after an encoder's own VP8X chunk, or all. */
    private static ByteBuffer withoutExtension(ByteReader encoded) {
        int start = encoded.has(AFTER_RIFF, "VP8X") ? AFTER_RIFF + 18 : AFTER_RIFF;
        return encoded.buffer(start, encoded.size() - start);
    }

    private static byte[] chunk(String type, byte[] data) {
        return ByteBuffer.allocate(8 + data.length + (data.length & 1)).order(ByteOrder.LITTLE_ENDIAN)
                .put(ascii(type)).putInt(data.length).put(data).array();
    }

    private static int u24(ByteReader reader, int at) {
        return reader.u16(at) | reader.u8(at + 2) << 16;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
