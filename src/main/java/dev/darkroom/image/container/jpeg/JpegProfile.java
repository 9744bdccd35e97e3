package dev.darkroom.image.container.jpeg;

import dev.darkroom.image.container.jpeg.JpegSegments.Segment;
import dev.darkroom.image.file.ByteReader;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** A colour profile in a JPEG's segments (ICC.1:2022, annex B.4), each of which holds a numbered part. */
final class JpegProfile {
    static final String ICC = "ICC_PROFILE\0";
    private static final int APP2 = 0xe2;
    private static final int MAX_ICC_PART = 65_519;

    private JpegProfile() {}

    /**
     * The profile in its numbered parts put together. Where their numbers make no sense they belong together as they come if that has
     * the length that the profile names; else it is empty.
     */
    static Optional<byte[]> of(List<Segment> segments) {
        var parts = segments.stream().filter(segment -> segment.is(APP2, ICC)).map(Segment::data).toList();
        var numbered = new TreeMap<Integer, ByteReader>();
        parts.forEach(part -> numbered.putIfAbsent(part.u8(ICC.length()), part));
        boolean complete = parts.stream().allMatch(part -> part.u8(ICC.length() + 1) == parts.size()) && numbered.size() == parts.size();
        var profile = new ByteArrayOutputStream();
        (complete ? numbered.values() : parts).forEach(part -> profile.writeBytes(part.array(ICC.length() + 2, part.size() - ICC.length() - 2)));
        byte[] bytes = profile.toByteArray();
        return Optional.of(bytes).filter(all -> all.length > 0 && (complete || new ByteReader(ByteBuffer.wrap(all)).u32(0) == all.length));
    }

    static byte[] segments(byte[] profile) {
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
