package dev.darkroom.image.file;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** JPEG (ITU-T T.81, JFIF 1.02): marker segments up to the first scan, then entropy-coded data. */
final class JpegContainer implements Container {

    private static final String ICC = "ICC_PROFILE\0";
    private static final String EXIF = "Exif\0\0";
    private static final String XMP = "http://ns.adobe.com/xap/1.0/\0";
    private static final int MAX_SEGMENT = 65_533;
    private static final int MAX_ICC_PART = 65_519;
    private static final int SOS = 0xda;
    private static final int DQT = 0xdb;
    private static final int APP0 = 0xe0;
    private static final int APP1 = 0xe1;
    private static final int APP2 = 0xe2;
    private static final int APP14 = 0xee;
    private static final int ADOBE_TRANSFORM_AT = 11;
    /** Start, the JFIF segment, and in it the density's unit. */
    private static final int AFTER_JFIF = 2 + 18;
    private static final int DENSITY_AT = 13;

    private record Segment(int marker, ByteReader data) {

        boolean isFrameHeader() {
            return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
        }

        boolean is(int wanted, String identifier) {
            return marker == wanted && data.has(0, identifier);
        }
    }

    @Override
    public boolean recognises(ByteReader file) {
        return file.has(0, "\u00ff\u00d8\u00ff");
    }

    @Override
    public ImageHeader header(ByteReader file) {
        var segments = segments(file);
        var frame = segments.stream().filter(Segment::isFrameHeader).findFirst()
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
                exif(segments).map(Exif::orientation).orElse(Orientation.NONE), coding(segments, frame.data()));
    }

    /** Of the first component, which is luma. Empty if its table comes only after the frame's header, or is cut short. */
    private static Optional<JpegCoding> coding(List<Segment> segments, ByteReader frame) {
        int table = frame.u8(8);
        int luma = frame.u8(7);
        int chroma = frame.u8(5) == 3 ? frame.u8(10) : luma;
        double halved = (luma >> 4 > chroma >> 4 ? 0.5 : 0) + ((luma & 15) > (chroma & 15) ? 0.5 : 0);
        return segments.stream().filter(segment -> segment.marker() == DQT).flatMap(segment -> sumOfSteps(segment.data(), table).stream())
                .reduce((earlier, later) -> later).map(sum -> new JpegCoding(JpegCoding.qualityOf(sum), halved));
    }

    /** A segment holds one or more tables, of steps of 8 or 16 bits. */
    private static Optional<Long> sumOfSteps(ByteReader tables, int wanted) {
        for (int at = 0; at < tables.size(); ) {
            int bytes = tables.u8(at) >> 4 == 0 ? 1 : 2;
            if ((tables.u8(at) & 15) == wanted && at + 1 + bytes * JpegCoding.STEPS <= tables.size()) {
                long sum = 0;
                for (int step = 0; step < JpegCoding.STEPS; step++) {
                    sum += bytes == 1 ? tables.u8(at + 1 + step) : tables.u16(at + 1 + 2 * step);
                }
                return Optional.of(sum);
            }
            at += 1 + bytes * JpegCoding.STEPS;
        }
        return Optional.empty();
    }

    /** What an Adobe segment (Adobe technical note 5116) says of the inks; without one they are coded as they are. */
    static ImageFile.Inks inks(ByteReader file) {
        return segments(file).stream().filter(segment -> segment.is(APP14, "Adobe")).findFirst()
                .map(adobe -> new ImageFile.Inks(adobe.data().u8(ADOBE_TRANSFORM_AT) == 2, true)).orElse(new ImageFile.Inks(false, false));
    }

    @Override
    public long metadataBytes(ByteReader file) {
        return segments(file).stream().filter(segment -> segment.marker() >= APP0).mapToLong(segment -> segment.data().size()).sum();
    }

    @Override
    public Metadata metadata(ByteReader file) {
        var segments = segments(file);
        return new Metadata(
                Metadata.ifIntact(() -> icc(segments)),
                Metadata.ifIntact(() -> density(segments)).or(() -> exif(segments).flatMap(Exif::resolution)),
                exif(segments).map(exif -> exif.tiff().array(0, exif.tiff().size())),
                segments.stream().filter(segment -> segment.is(APP1, XMP)).findFirst()
                        .map(segment -> segment.data().array(XMP.length(), segment.data().size() - XMP.length())));
    }

    @Override
    public byte[] embed(ByteReader encoded, Metadata metadata) {
        byte[] exif = metadata.exif().map(block -> segment(EXIF, block)).orElse(new byte[0]);
        byte[] xmp = metadata.xmp().map(packet -> segment(XMP, packet)).orElse(new byte[0]);
        byte[] icc = metadata.icc().map(JpegContainer::iccSegments).orElse(new byte[0]);
        var jpeg = ByteBuffer.allocate(encoded.size() + exif.length + xmp.length + icc.length)
                .put(encoded.buffer(0, AFTER_JFIF)).put(exif).put(xmp).put(icc)
                .put(encoded.buffer(AFTER_JFIF, encoded.size() - AFTER_JFIF));
        metadata.resolution().ifPresent(resolution -> jpeg.put(DENSITY_AT, (byte) 1)
                .putShort(DENSITY_AT + 1, (short) Math.round(resolution.xDpi()))
                .putShort(DENSITY_AT + 3, (short) Math.round(resolution.yDpi())));
        return jpeg.array();
    }

    private static List<Segment> segments(ByteReader file) {
        var segments = new ArrayList<Segment>();
        for (long at = 2; ; ) {
            if (file.u8(at) != 0xff) {
                throw new DamagedImageException("the JPEG's segments are broken");
            }
            int marker = file.u8(at + 1);
            if (marker == 0xff) {
                at++;
                continue;
            }
            if (marker == SOS) {
                return segments;
            }
            int length = file.u16(at + 2);
            segments.add(new Segment(marker, file.slice(at + 4, length - 2)));
            at += 2 + length;
        }
    }

    private static Optional<Exif> exif(List<Segment> segments) {
        return segments.stream().filter(segment -> segment.is(APP1, EXIF)).findFirst()
                .map(segment -> new Exif(segment.data().from(EXIF.length())));
    }

    private static Optional<Resolution> density(List<Segment> segments) {
        return segments.stream().filter(segment -> segment.is(APP0, "JFIF\0")).findFirst()
                .map(Segment::data)
                .flatMap(jfif -> Resolution.of(jfif.u16(8), jfif.u16(10), jfif.u8(7) + 1));
    }

    /** The profile in its numbered parts put together; empty if a part is missing. */
    private static Optional<byte[]> icc(List<Segment> segments) {
        var parts = new TreeMap<Integer, ByteReader>();
        int expected = 0;
        for (var segment : segments) {
            if (segment.is(APP2, ICC)) {
                expected = segment.data().u8(ICC.length() + 1);
                parts.putIfAbsent(segment.data().u8(ICC.length()), segment.data().from(ICC.length() + 2));
            }
        }
        if (parts.isEmpty() || parts.size() != expected) {
            return Optional.empty();
        }
        var profile = new ByteArrayOutputStream();
        parts.values().forEach(part -> profile.writeBytes(part.array(0, part.size())));
        return Optional.of(profile.toByteArray());
    }

    @Override
    public boolean holds(Metadata metadata) {
        return metadata.exif().stream().allMatch(block -> EXIF.length() + block.length <= MAX_SEGMENT)
                && metadata.xmp().stream().allMatch(packet -> XMP.length() + packet.length <= MAX_SEGMENT);
    }

    private static byte[] segment(String identifier, byte[] data) {
        return ByteBuffer.allocate(4 + identifier.length() + data.length)
                .put((byte) 0xff).put((byte) APP1).putShort((short) (2 + identifier.length() + data.length))
                .put(identifier.getBytes(StandardCharsets.ISO_8859_1)).put(data).array();
    }

    private static byte[] iccSegments(byte[] profile) {
        int parts = (profile.length + MAX_ICC_PART - 1) / MAX_ICC_PART;
        var segments = ByteBuffer.allocate(profile.length + parts * (4 + ICC.length() + 2));
        for (int part = 0; part < parts; part++) {
            int from = part * MAX_ICC_PART;
            int length = Math.min(MAX_ICC_PART, profile.length - from);
            segments.put((byte) 0xff).put((byte) APP2).putShort((short) (2 + ICC.length() + 2 + length))
                    .put(ICC.getBytes(StandardCharsets.ISO_8859_1)).put((byte) (part + 1)).put((byte) parts)
                    .put(profile, from, length);
        }
        return segments.array();
    }
}
