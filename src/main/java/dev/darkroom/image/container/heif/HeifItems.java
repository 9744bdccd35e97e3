package dev.darkroom.image.container.heif;

import dev.darkroom.image.file.ByteReader;
import dev.darkroom.image.file.DamagedImageException;
import dev.darkroom.image.file.UnsupportedImageException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The items of a HEIF file (ISO/IEC 23008-12): pictures, parts of pictures and metadata, where their bytes are and what is said of them. */
final class HeifItems {
    private static final int MOST = 1 << 14;
    private static final int MOST_ASSOCIATIONS = 1 << 18;

    /** @param content media type of what is no picture, else empty */
    record Item(long id, String type, String content, List<Boxes.Box> properties) {

        Optional<ByteReader> property(String name) {
            return properties.stream().filter(box -> box.type().equals(name)).map(Boxes.Box::data).findFirst();
        }
    }

    /** That an item refers to others: as its parts, or as what it is about. */
    record Reference(String type, long from, List<Long> to) {}

    private final Boxes meta;
    private final Map<Long, Item> items = new LinkedHashMap<>();
    private final HeifPlaces places;
    private final List<Reference> references = new ArrayList<>();
    private final boolean hasTracks;

    /** @throws DamagedImageException if there are none, or what is said of them makes no sense */
    HeifItems(ByteReader file) {
        var boxes = Boxes.of(file);
        hasTracks = boxes.first("moov").isPresent();
        meta = Boxes.of(boxes.first("meta").orElseThrow(() -> hasTracks
                ? new UnsupportedImageException("sequences of pictures are not supported") : new DamagedImageException("the image file has no picture in it")).body());
        readItems();
        places = new HeifPlaces(file, meta);
        meta.first("iref").ifPresent(this::readReferences);
    }

    boolean hasTracks() {
        return hasTracks;
    }

    Iterable<Item> all() {
        return items.values();
    }

    /** The picture that the file is for; where it names a thumbnail, the picture that this is of. */
    Item primary() {
        var box = meta.required("pitm");
        Item named = item(box.version() == 0 ? box.body().u16(0) : box.body().u32(0));
        List<Item> larger = referred(named, "thmb");
        return larger.isEmpty() ? named : larger.get(0);
    }

    Item item(long id) {
        Item item = items.get(id);
        if (item == null) {
            throw new DamagedImageException("the image file refers to a part that is not there");
        }
        return item;
    }

    List<Reference> references() {
        return references;
    }

    /** The items that one is made of or describes, in their order. */
    List<Item> referred(Item from, String type) {
        return references.stream().filter(reference -> reference.from() == from.id() && reference.type().equals(type))
                .flatMap(reference -> reference.to().stream()).map(this::item).toList();
    }

    /** The items that refer to one. */
    List<Item> referring(String type, Item to) {
        return references.stream().filter(reference -> reference.type().equals(type) && reference.to().contains(to.id()) && items.containsKey(reference.from()))
                .map(reference -> item(reference.from())).toList();
    }

    /** @throws DamagedImageException if they are not all there */
    ByteBuffer data(Item item) {
        return places.data(item.id());
    }

    private void readItems() {
        var box = meta.required("iinf");
        Map<Long, List<Boxes.Box>> properties = properties();
        for (var entry : Boxes.of(box.body().from(box.version() == 0 ? 2 : 4)).all()) {
            if (!entry.type().equals("infe") || entry.version() < 2 || items.size() >= MOST) {
                continue;
            }
            boolean wide = entry.version() > 2;
            long id = wide ? entry.body().u32(0) : entry.body().u16(0);
            var rest = entry.body().from(wide ? 6 : 4);
            String type = latin1(rest.array(0, 4));
            String content = type.equals("mime") ? text(rest, 4 + text(rest, 4).length() + 1) : "";
            items.putIfAbsent(id, new Item(id, type, content, properties.getOrDefault(id, List.of())));
        }
    }

    private Map<Long, List<Boxes.Box>> properties() {
        var properties = new LinkedHashMap<Long, List<Boxes.Box>>();
        var box = meta.first("iprp");
        if (box.isEmpty()) {
            return properties;
        }
        var parts = Boxes.of(box.get().data());
        List<Boxes.Box> known = Boxes.of(parts.required("ipco").data()).all();
        int associations = 0;
        for (var association : parts.all().stream().filter(part -> part.type().equals("ipma")).toList()) {
            var body = association.body();
            boolean wide = (association.flags() & 1) == 1;
            long at = 4;
            for (long entry = 0; entry < body.u32(0); entry++) {
                long id = association.version() == 0 ? body.u16(at) : body.u32(at);
                at += association.version() == 0 ? 2 : 4;
                int count = body.u8(at++);
                for (int i = 0; i < count && associations < MOST_ASSOCIATIONS; i++, associations++) {
                    int index = wide ? body.u16(at) & 0x7fff : body.u8(at) & 0x7f;
                    at += wide ? 2 : 1;
                    if (index >= 1 && index <= known.size()) {
                        properties.computeIfAbsent(id, none -> new ArrayList<>()).add(known.get(index - 1));
                    }
                }
            }
        }
        return properties;
    }

    private void readReferences(Boxes.Box box) {
        boolean wide = box.version() > 0;
        int size = wide ? 4 : 2;
        int all = 0;
        for (var entry : Boxes.of(box.body()).all()) {
            var data = entry.data();
            int count = data.u16(size);
            var to = new ArrayList<Long>();
            for (int i = 0; i < count; i++) {
                long at = size + 2L + (long) i * size;
                to.add(wide ? data.u32(at) : (long) data.u16(at));
            }
            all += count;
            if (all > 2 * MOST || references.size() >= MOST) {
                throw new DamagedImageException("the image file refers to too many parts");
            }
            references.add(new Reference(entry.type(), wide ? data.u32(0) : data.u16(0), to));
        }
    }

    /** To its zero. */
    private static String text(ByteReader bytes, int from) {
        int end = from;
        while (end < bytes.size() && bytes.u8(end) != 0) {
            end++;
        }
        return latin1(bytes.array(from, Math.max(0, Math.min(end, bytes.size()) - from)));
    }

    private static String latin1(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
