package dev.darkroom.image.container.heif;

import dev.darkroom.image.file.ByteReader;
import dev.darkroom.image.file.DamagedImageException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Boxes of the ISO base media file format (ISO/IEC 14496-12), which HEIF is made of: each has a length, a type and data. One that is said
 * to go on behind the end of what holds it ends there.
 */
record Boxes(List<Box> all) {
    private static final int MOST = 1 << 16;
    private static final int HEADER = 8;

    record Box(String type, ByteReader data) {

        /** Of a box with a version. */
        int version() {
            return data.u8(0);
        }

        int flags() {
            return (int) data.u32(0) & 0xff_ffff;
        }

        /** Behind the version. */
        ByteReader body() {
            return data.from(4);
        }
    }

    static Boxes of(ByteReader within) {
        var boxes = new ArrayList<Box>();
        for (long at = 0; at + HEADER <= within.size() && boxes.size() < MOST; ) {
            long length = within.u32(at);
            int header = HEADER;
            if (length == 1) {
                length = within.u64(at + HEADER);
                header = 16;
            } else if (length == 0) {
                length = within.size() - at;
            }
            if (length < header) {
                throw new DamagedImageException("the image file's boxes are broken");
            }
            long there = Math.min(length, within.size() - at);
            boxes.add(new Box(new String(within.array(at + 4, 4), StandardCharsets.ISO_8859_1), within.slice(at + header, Math.max(0, there - header))));
            at += there;
        }
        return new Boxes(List.copyOf(boxes));
    }

    Optional<Box> first(String type) {
        return all.stream().filter(box -> box.type.equals(type)).findFirst();
    }

    Box required(String type) {
        return first(type).orElseThrow(() -> new DamagedImageException("the image file lacks its box " + type));
    }
}
