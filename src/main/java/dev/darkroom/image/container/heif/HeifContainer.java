package dev.darkroom.image.container.heif;

import dev.darkroom.image.container.colour.ColourCoding;
import dev.darkroom.image.container.heif.HeifItems.Item;
import dev.darkroom.image.file.ByteReader;
import dev.darkroom.image.file.Carried;
import dev.darkroom.image.file.Container;
import dev.darkroom.image.file.Exif;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.ImageHeader;
import dev.darkroom.image.file.Ledger;
import dev.darkroom.image.file.Metadata;
import dev.darkroom.image.file.Orientation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/** HEIF (ISO/IEC 23008-12), which is read but not written: HEIC, whose pictures are coded by HEVC, and AVIF, by AV1. */
public final class HeifContainer implements Container {
    private static final Set<String> BRANDS = Set.of("heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "mif2", "msf1", "miaf", "avif", "avis");
    private static final Set<String> BRANDS_OF_AV1 = Set.of("avif", "avis");
    private static final Set<String> VIDEO = Set.of("mp4", "iso", "qt", "M4V", "crx", "avc", "3g");
    private static final String XMP = "application/rdf+xml";
    private static final int MOST_BRANDS = 100;
    private final boolean av1;

    public HeifContainer(boolean av1) {
        this.av1 = av1;
    }

    @Override
    public boolean recognises(ByteReader file) {
        if (!file.has(4, "ftyp")) {
            return false;
        }
        List<String> brands = brands(file);
        boolean film = VIDEO.stream().anyMatch(brands.get(0)::startsWith); // some name pictures among what they are compatible with
        return !film && !Collections.disjoint(brands, BRANDS) && av1 != Collections.disjoint(brands, BRANDS_OF_AV1);
    }

    /** Its own, and those that it is compatible with. */
    private static List<String> brands(ByteReader file) {
        var brands = new ArrayList<String>(List.of(brand(file, 8)));
        long end = Math.min(Math.min(file.u32(0), file.size()), 16 + 4L * MOST_BRANDS);
        for (long at = 16; at + 4 <= end; at += 4) {
            brands.add(brand(file, at));
        }
        return brands;
    }

    private static String brand(ByteReader file, long at) {
        return at + 4 > file.size() ? "" : new String(file.array(at, 4), StandardCharsets.ISO_8859_1);
    }

    public static HeifPicture picture(ByteReader file) {
        return new HeifReader(new HeifItems(file)).picture();
    }

    @Override
    public ImageHeader header(ByteReader file) {
        HeifPicture picture = picture(file);
        Item primary = new HeifItems(file).primary();
        coding(primary).ifPresent(coding -> coding.profile(picture.channels() == 1));
        return new ImageHeader(av1 ? ImageFormat.AVIF : ImageFormat.HEIC, picture.finalWidth(), picture.finalHeight(), picture.channels(),
                picture.alpha().isPresent(), picture.bits(), Orientation.NONE);
    }

    @Override
    public long metadataBytes(ByteReader file) {
        var items = new HeifItems(file);
        Metadata metadata = metadata(file);
        return metadata.icc().map(profile -> (long) profile.length).orElse(0L) + items.referring("cdsc", items.primary()).stream()
                .mapToLong(item -> Metadata.ifIntact(() -> Optional.of((long) items.data(item).remaining())).orElse(0L)).sum();
    }

    @Override
    public Metadata metadata(ByteReader file) {
        var items = new HeifItems(file);
        Item primary = items.primary();
        Optional<byte[]> exif = describing(items, primary, "Exif", "").flatMap(HeifContainer::withoutOffset);
        return new Metadata(profile(items, primary), exif.flatMap(block -> Exif.of(block).resolution()), exif,
                describing(items, primary, "mime", XMP), Optional.empty());
    }

    private static Optional<byte[]> profile(HeifItems items, Item primary) {
        Optional<ByteReader> profile = HeifReader.colour(primary, "prof").or(() -> HeifReader.colour(primary, "rICC"));
        if (profile.isPresent()) {
            return profile.filter(box -> box.size() <= Metadata.MAX_ICC_BYTES).map(box -> box.array(4, box.size() - 4L));
        }
        boolean gray = Metadata.ifIntact(() -> Optional.of(new HeifReader(items).picture().channels() == 1)).orElse(false);
        return coding(primary).flatMap(coding -> coding.profile(gray));
    }

    /** What the file says by numbers; a profile comes first. */
    private static Optional<ColourCoding> coding(Item primary) {
        return HeifReader.colour(primary, "nclx").map(box -> new ColourCoding(box.u16(4), box.u16(6))).filter(ColourCoding::isSpecified)
                .filter(coding -> HeifReader.colour(primary, "prof").isEmpty() || coding.isOfHighRange());
    }

    private static Optional<byte[]> describing(HeifItems items, Item primary, String type, String content) {
        return items.referring("cdsc", primary).stream().filter(item -> item.type().equals(type) && item.content().equals(content)).findFirst()
                .flatMap(item -> Metadata.ifIntact(() -> Optional.of(items.data(item))))
                .filter(data -> data.remaining() <= Metadata.MAX_BLOCK_BYTES).map(HeifContainer::array);
    }

    /** A block of EXIF begins so many bytes behind the number that says it. */
    private static Optional<byte[]> withoutOffset(byte[] data) {
        var reader = new ByteReader(ByteBuffer.wrap(data));
        return Metadata.ifIntact(() -> Optional.of(reader.from(4 + reader.u32(0)))).map(block -> block.array(0, block.size()));
    }

    private static byte[] array(ByteBuffer data) {
        byte[] bytes = new byte[data.remaining()];
        data.duplicate().get(bytes);
        return bytes;
    }

    @Override
    public Ledger others(ByteReader file, Metadata metadata) {
        var items = new HeifItems(file);
        Item primary = items.primary();
        Set<Long> used = used(items, primary);
        var ledger = new Ledger().enter(items.hasTracks(), Carried.IMAGES, "tracks")
                .enter(HeifReader.colour(primary, "prof").isPresent() && metadata.icc().isEmpty(), Carried.ICC, "broken profile");
        for (Item item : items.all()) {
            if (!used.contains(item.id())) {
                 boolean picture = item.properties().stream().anyMatch(box -> box.type().equals("ispe"));
                boolean read = item.type().equals("Exif") ? metadata.exif().isPresent() : item.content().equals(XMP) && metadata.xmp().isPresent();
                ledger.enter(picture, Carried.IMAGES, "another picture").enter(!picture && !read, Carried.METADATA, "item " + item.type());
            }
        }
        return ledger;
    }

    /** The picture, its parts and its alpha; thumbnails would show it unrestored. */
    private static Set<Long> used(HeifItems items, Item primary) {
        var used = new HashSet<Long>(Set.of(primary.id()));
        new HeifReader(items).alpha(primary).ifPresent(alpha -> used.add(alpha.id()));
        for (var reference : items.references()) {
            if (reference.type().equals("dimg") && used.contains(reference.from())) {
                used.addAll(reference.to());
            } else if (reference.type().equals("thmb") && reference.to().contains(primary.id())) {
                used.add(reference.from());
            }
        }
        return used;
    }

    @Override
    public ByteBuffer embed(ByteReader encoded, Metadata metadata, IntFunction<ByteBuffer> room) {
        throw new UnsupportedOperationException("HEIF files are not written");
    }
}
