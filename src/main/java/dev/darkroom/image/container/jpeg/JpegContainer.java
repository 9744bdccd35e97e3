package dev.darkroom.image.container.jpeg;

import dev.darkroom.image.container.jpeg.JpegSegments.Segment;
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
import dev.darkroom.image.file.Resolution;
import dev.darkroom.image.file.UnsupportedImageException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.IntFunction;

/** JPEG (ITU-T T.81, JFIF 1.02): marker segments up to the first scan, then entropy-coded data. */
public final class JpegContainer implements Container {

    private static final String EXIF = "Exif\0\0";
    private static final String XMP = "http://ns.adobe.com/xap/1.0/\0";
    private static final String PHOTOSHOP = "Photoshop 3.0\0";
    private static final int MAX_SEGMENT = 65_533;
    private static final int APP0 = 0xe0;
    private static final int APP1 = 0xe1;
    private static final int APP2 = 0xe2;
    private static final int APP12 = 0xec;
    private static final int APP13 = 0xed;
    private static final int APP14 = 0xee;
    private static final int ADOBE_TRANSFORM_AT = 11;
    /** Start, the JFIF segment, and in it the density's unit. */
    private static final int AFTER_JFIF = 2 + 18;
    private static final int DENSITY_AT = 13;

    @Override
    public boolean recognises(ByteReader file) {
        return file.has(0, "\u00ff\u00d8\u00ff");
    }

    @Override
    public ImageHeader header(ByteReader file) {
        var segments = JpegSegments.of(file);
        JpegScans.check(file, segments.scanAt());
        var frame = segments.all().stream().filter(Segment::isFrameHeader).findFirst()
                .orElseThrow(() -> new DamagedImageException("the JPEG has no frame header"));
        if (frame.marker() > 0xc2 || frame.data().u8(0) != 8) {
            throw new UnsupportedImageException("only baseline and progressive 8-bit JPEGs are supported");
        }
        int components = frame.data().u8(5);
        int height = frame.data().u16(1);
        int width = frame.data().u16(3);
        if (width == 0 || height == 0 || components != 1 && components != 3 && components != 4) {
            throw new DamagedImageException("the JPEG has no valid size or number of components");
        }
        return new ImageHeader(ImageFormat.JPEG, width, height, Math.min(components, 3), false, 8, components == 4,
                Orientation.of(exif(segments).flatMap(Exif::orientation), xmp(segments)), JpegTables.coding(segments.all(), frame.data()));
    }

    /**
     * Whether the inks of a JPEG of four components are coded as YCbCr and black, by Adobe's segment (technical note 5116). All programs that
     * write inks write them inverted, 255 being none, and all that read them expect it, whatever the segment says.
     */
    public static boolean isYcck(ByteReader file) {
        return JpegSegments.of(file).first(APP14, "Adobe").map(Segment::data)
                .map(adobe -> adobe.size() > ADOBE_TRANSFORM_AT && adobe.u8(ADOBE_TRANSFORM_AT) == 2).orElse(false);
    }

    /** Whether the mark is there that ends the picture. */
    public static boolean hasEnd(ByteReader file) {
        return JpegSegments.of(file).end(file).isPresent();
    }

    @Override
    public long metadataBytes(ByteReader file) {
        return JpegSegments.of(file).all().stream().filter(Segment::isAside).mapToLong(segment -> segment.data().size()).sum();
    }

    @Override
    public Metadata metadata(ByteReader file) {
        var segments = JpegSegments.of(file);
        return new Metadata(
                Metadata.ifIntact(() -> JpegProfile.of(segments.all())),
                Metadata.ifIntact(() -> density(segments)).or(() -> exif(segments).flatMap(Exif::resolution)),
                exif(segments).map(exif -> exif.tiff().array(0, exif.tiff().size())),
                xmp(segments), photoshop(segments));
    }

    @Override
    public Ledger others(ByteReader file, Metadata metadata) {
        var segments = JpegSegments.of(file);
        var ledger = new Ledger();
        for (Segment segment : segments.all()) {
            if (segment.isAside() && !isRead(segment)) {
                boolean index = segment.is(APP2, "MPF\0");
                ledger.enter(index ? Carried.IMAGES : Carried.METADATA, index ? "listed pictures"
                        : segment.marker() == JpegSegments.COMMENT ? "comment" : "segment " + (segment.marker() - APP0));
            }
        }
        long end = segments.end(file).orElse(-1);
        return ledger.enter(segments.first(APP2, JpegProfile.ICC).isPresent() && metadata.icc().isEmpty(), Carried.ICC, "broken profile")
                .enter(end < 0, Carried.REPAIRED, "mark").enter(end >= 0 && hasMore(file, end), Carried.IMAGES, "behind the picture");
    }

    /** By {@link #metadata} or by what decodes; a JFIF extension is a thumbnail, and Ducky's is Photoshop's own word for quality. */
    private static boolean isRead(Segment segment) {
        return segment.is(APP0, "JFIF\0") || segment.is(APP0, "JFXX\0") || segment.is(APP1, EXIF) || segment.is(APP1, XMP) || segment.is(APP2, JpegProfile.ICC)
                || segment.is(APP12, "Ducky") || segment.is(APP13, PHOTOSHOP) || segment.is(APP14, "Adobe");
    }

    /** Zeros fill up a camera's blocks. */
    private static boolean hasMore(ByteReader file, long end) {
        for (long at = end; at < file.size(); at++) {
            if (file.u8(at) != 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    public ByteBuffer embed(ByteReader encoded, Metadata metadata, IntFunction<ByteBuffer> room) {
        byte[] exif = metadata.exif().map(block -> segment(APP1, EXIF, block)).orElse(new byte[0]);
        byte[] xmp = metadata.xmp().map(packet -> segment(APP1, XMP, packet)).orElse(new byte[0]);
        byte[] icc = metadata.icc().map(JpegProfile::segments).orElse(new byte[0]);
        byte[] photoshop = metadata.photoshop().map(blocks -> segment(APP13, PHOTOSHOP, blocks)).orElse(new byte[0]);
        var jpeg = room.apply(encoded.size() + exif.length + xmp.length + icc.length + photoshop.length)
                .put(encoded.buffer(0, AFTER_JFIF)).put(exif).put(xmp).put(icc).put(photoshop)
                .put(encoded.buffer(AFTER_JFIF, encoded.size() - AFTER_JFIF));
        metadata.resolution().ifPresent(resolution -> jpeg.put(DENSITY_AT, (byte) 1)
                .putShort(DENSITY_AT + 1, (short) Math.round(resolution.xDpi()))
                .putShort(DENSITY_AT + 3, (short) Math.round(resolution.yDpi())));
        return jpeg;
    }

    private static Optional<Exif> exif(JpegSegments segments) {
        return segments.first(APP1, EXIF).map(segment -> new Exif(segment.data().from(EXIF.length())));
    }

    private static Optional<byte[]> xmp(JpegSegments segments) {
        return segments.first(APP1, XMP).map(segment -> segment.data().array(XMP.length(), segment.data().size() - XMP.length()));
    }

    /** Image resources may go on from one segment to the next. */
    private static Optional<byte[]> photoshop(JpegSegments segments) {
        var blocks = new ByteArrayOutputStream();
        segments.all().stream().filter(segment -> segment.is(APP13, PHOTOSHOP))
                .forEach(segment -> blocks.writeBytes(segment.data().array(PHOTOSHOP.length(), segment.data().size() - PHOTOSHOP.length())));
        return PhotoshopResources.kept(blocks.toByteArray(), Optional.empty());
    }

    private static Optional<Resolution> density(JpegSegments segments) {
        return segments.first(APP0, "JFIF\0").map(Segment::data).flatMap(jfif -> Resolution.of(jfif.u16(8), jfif.u16(10), jfif.u8(7) + 1));
    }

    @Override
    public Metadata fitting(Metadata metadata) {
        return new Metadata(metadata.icc().filter(profile -> profile.length <= Metadata.MAX_ICC_BYTES), metadata.resolution(),
                metadata.exif().filter(block -> EXIF.length() + block.length <= MAX_SEGMENT),
                metadata.xmp().filter(packet -> XMP.length() + packet.length <= MAX_SEGMENT),
                metadata.photoshop().filter(blocks -> PHOTOSHOP.length() + blocks.length <= MAX_SEGMENT));
    }

    private static byte[] segment(int marker, String identifier, byte[] data) {
        return ByteBuffer.allocate(4 + identifier.length() + data.length)
                .put((byte) 0xff).put((byte) marker).putShort((short) (2 + identifier.length() + data.length))
                .put(identifier.getBytes(StandardCharsets.ISO_8859_1)).put(data).array();
    }
}
