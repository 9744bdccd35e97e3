package dev.darkroom.image.container.heif;

import dev.darkroom.image.file.ByteReader;
import dev.darkroom.image.file.DamagedImageException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where the bytes of a HEIF file's items are: in one piece or several, in the file or in the box of its descriptions. */
final class HeifPlaces {
    private static final int MOST = 1 << 14;

    private record Extent(long offset, long length) {}

    private record Place(int method, List<Extent> extents) {}

    private final ByteReader file;
    private final Boxes meta;
    private final Map<Long, Place> places = new HashMap<>();

    HeifPlaces(ByteReader file, Boxes meta) {
        this.file = file;
        this.meta = meta;
        meta.first("iloc").ifPresent(this::read);
    }

    /** @throws DamagedImageException if they are not all there */
    ByteBuffer data(long item) {
        Place place = places.get(item);
        if (place == null || place.method() > 1) {
            throw new DamagedImageException("the image file does not say where its picture is");
        }
        ByteReader from = place.method() == 0 ? file : meta.required("idat").data();
        if (place.extents().size() == 1) {
            Extent all = place.extents().get(0);
            return from.buffer(all.offset(), all.length() == 0 ? from.size() - all.offset() : all.length());
        }
        var bytes = new ByteArrayOutputStream();
        for (Extent part : place.extents()) {
            if (bytes.size() + part.length() > file.size()) {
                throw new DamagedImageException("the image file names bytes more often than it has them");
            }
            bytes.writeBytes(from.array(part.offset(), part.length()));
        }
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    private void read(Boxes.Box box) {
        var body = box.body();
        int version = box.version();
        int sizes = body.u16(0);
        int indexSize = version == 0 ? 0 : sizes & 15;
        boolean wide = version > 1;
        long count = wide ? body.u32(2) : body.u16(2);
        long at = wide ? 6 : 4;
        int extents = 0;
        for (long i = 0; i < count && places.size() < MOST; i++) {
            long id = wide ? body.u32(at) : body.u16(at);
            at += wide ? 4 : 2;
            int method = version == 0 ? 0 : body.u16(at) & 15;
            at += version == 0 ? 2 : 4;
            long base = number(body, at, sizes >> 4 & 15);
            at += sizes >> 4 & 15;
            int parts = body.u16(at);
            at += 2;
            var extentsOfOne = new ArrayList<Extent>();
            for (int part = 0; part < parts; part++) {
                at += indexSize;
                long offset = number(body, at, sizes >> 12 & 15);
                at += sizes >> 12 & 15;
                extentsOfOne.add(new Extent(base + offset, number(body, at, sizes >> 8 & 15)));
                at += sizes >> 8 & 15;
                if (++extents > MOST) {
                    throw new DamagedImageException("the image file is cut into too many pieces");
                }
            }
            places.putIfAbsent(id, new Place(method, extentsOfOne));
        }
    }

    private static long number(ByteReader body, long at, int bytes) {
        return switch (bytes) {
            case 0 -> 0;
            case 4 -> body.u32(at);
            case 8 -> Math.min(body.u64(at), Integer.MAX_VALUE);
            default -> throw new DamagedImageException("the image file says where its parts are in a way that does not exist");
        };
    }
}
