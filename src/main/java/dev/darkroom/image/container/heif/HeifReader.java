package dev.darkroom.image.container.heif;

import dev.darkroom.image.container.heif.HeifItems.Item;
import dev.darkroom.image.container.heif.HeifPicture.Codec;
import dev.darkroom.image.container.heif.HeifPicture.Coding;
import dev.darkroom.image.container.heif.HeifPicture.Part;
import dev.darkroom.image.container.heif.HeifPicture.Step;
import dev.darkroom.image.file.ByteReader;
import dev.darkroom.image.file.DamagedImageException;
import dev.darkroom.image.file.UnsupportedImageException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds out of a HEIF file's items what its picture is made of. */
final class HeifReader {
    private static final String ALPHA_OF_MPEG = "urn:mpeg:mpegB:cicp:systems:auxiliary:alpha";
    private static final String ALPHA_OF_HEVC = "urn:mpeg:hevc:2015:auxid:1";
    /** What is cut off may be so many times what is left, or so many pixels. */
    private static final int MOST_CUT_OFF = 4;
    private static final long HARMLESS_PIXELS = 1 << 24;

    private final HeifItems items;

    HeifReader(HeifItems items) {
        this.items = items;
    }

    HeifPicture picture() {
        Item primary = items.primary();
        Optional<Item> alpha = alpha(primary);
        HeifPicture opacity = alpha.map(item -> picture(item, Optional.empty(), false, List.of())).orElse(null);
        boolean premultiplied = alpha.filter(item -> items.referred(primary, "prem").contains(item)).isPresent();
        return picture(primary, Optional.ofNullable(opacity), premultiplied, null);
    }

    /** The item that says how opaque a picture is. */
    Optional<Item> alpha(Item picture) {
        return items.referring("auxl", picture).stream().filter(HeifReader::isAlpha).findFirst();
    }

    static boolean isAlpha(Item item) {
        return item.property("auxC").filter(type -> type.has(4, ALPHA_OF_MPEG) || type.has(4, ALPHA_OF_HEVC)).isPresent();
    }

    /** @param steps null for the item's own */
    private HeifPicture picture(Item item, Optional<HeifPicture> alpha, boolean premultiplied, List<Step> steps) {
        Item first = item;
        List<Item> parts = List.of(item);
        int columns = 1;
        int[] size = size(item);
        if (item.type().equals("grid")) {
            ByteReader grid = new ByteReader(items.data(item));
            boolean wide = (grid.u8(1) & 1) == 1;
            columns = grid.u8(3) + 1;
            size = new int[] {side(wide ? grid.u32(4) : grid.u16(4)), side(wide ? grid.u32(8) : grid.u16(6))};
            parts = items.referred(item, "dimg");
            if (parts.size() != columns * (grid.u8(2) + 1)) {
                throw new DamagedImageException("the image file lacks parts of its picture");
            }
            first = parts.get(0);
        } else if (item.type().equals("iden")) {
            parts = items.referred(item, "dimg");
            if (parts.size() != 1) {
                throw new DamagedImageException("the image file lacks its picture");
            }
            first = parts.get(0);
        }
        Item sample = first;
        Codec codec = codec(sample);
        int[] part = size(sample);
        requireFit(size, part, columns, parts.size() / columns);
        var coded = new ArrayList<Part>();
        for (Item one : parts) {
            if (codec(one) != codec) {
                throw new DamagedImageException("the image file's parts do not fit together");
            }
            coded.add(new Part(configuration(one, codec), items.data(one)));
        }
        int[] depth = depth(coded.get(0).configuration(), codec);
        var picture = new HeifPicture(size[0], size[1], codec, List.copyOf(coded), columns, part[0], part[1], depth[0], depth[1],
                coding(item).or(() -> coding(sample)), alpha, premultiplied, steps == null ? steps(item, size) : steps);
        requireMostLeft(picture);
        return picture;
    }

    private static void requireFit(int[] size, int[] part, int columns, int rows) {
        boolean covered = (long) part[0] * columns >= size[0] && (long) part[1] * rows >= size[1];
        boolean needed = (long) part[0] * (columns - 1) < size[0] && (long) part[1] * (rows - 1) < size[1];
        boolean reasonable = (long) part[0] * part[1] <= Math.max(HARMLESS_PIXELS, MOST_CUT_OFF * (long) size[0] * size[1]);
        if (!covered || !needed || !reasonable) {
            throw new DamagedImageException("the image file's parts do not fit together");
        }
    }

    private static void requireMostLeft(HeifPicture picture) {
        long all = (long) picture.width() * picture.height();
        if (all > Math.max(HARMLESS_PIXELS, MOST_CUT_OFF * (long) picture.finalWidth() * picture.finalHeight())) {
            throw new DamagedImageException("the image file cuts off nearly all of its picture");
        }
    }

    private static Codec codec(Item item) {
        return switch (item.type()) {
            case "hvc1", "hev1" -> Codec.HEVC;
            case "av01" -> Codec.AV1;
            case "grid", "iden", "iovl", "tmap" -> throw new UnsupportedImageException("HEIF pictures put together of others in this way are not supported");
            default -> throw new UnsupportedImageException("HEIF pictures coded as %s are not supported".formatted(item.type().replaceAll("[^ -~]", "?")));
        };
    }

    private static byte[] configuration(Item item, Codec codec) {
        return item.property(codec == Codec.HEVC ? "hvcC" : "av1C").map(box -> box.array(0, box.size()))
                .orElseThrow(() -> new DamagedImageException("the image file does not say how its picture is coded"));
    }

    /** Channels and bits. */
    private static int[] depth(byte[] configuration, Codec codec) {
        var reader = new ByteReader(ByteBuffer.wrap(configuration));
        if (codec == Codec.HEVC) {
            return new int[] {(reader.u8(16) & 3) == 0 ? 1 : 3, 8 + (reader.u8(17) & 7)};
        }
        int flags = reader.u8(2);
        return new int[] {(flags & 0x10) != 0 ? 1 : 3, (flags & 0x40) == 0 ? 8 : (flags & 0x20) == 0 ? 10 : 12};
    }

    private static int[] size(Item item) {
        return item.property("ispe").map(box -> new int[] {side(box.u32(4)), side(box.u32(8))})
                .orElseThrow(() -> new DamagedImageException("the image file does not say how large its picture is"));
    }

    private static int side(long pixels) {
        if (pixels < 1 || pixels > Integer.MAX_VALUE) {
            throw new DamagedImageException("the image has no valid width and height");
        }
        return (int) pixels;
    }

    private static Optional<Coding> coding(Item item) {
        return colour(item, "nclx").map(box -> new Coding(box.u16(8), (box.u8(10) & 0x80) != 0));
    }

    /** An item's statement of its colours of that type. */
    static Optional<ByteReader> colour(Item item, String type) {
        return item.properties().stream().filter(box -> box.type().equals("colr") && box.data().has(0, type)).map(Boxes.Box::data).findFirst();
    }

    private static List<Step> steps(Item item, int[] size) {
        var steps = new ArrayList<Step>();
        int width = size[0];
        int height = size[1];
        for (var property : item.properties()) {
            switch (property.type()) {
                case "clap" -> {
                    var crop = crop(property.data(), width, height);
                    width = crop.width();
                    height = crop.height();
                    steps.add(crop);
                }
                case "irot" -> {
                    int quarters = property.data().u8(0) & 3;
                    steps.add(new HeifPicture.Turn(quarters));
                    int before = width;
                    width = quarters % 2 == 1 ? height : width;
                    height = quarters % 2 == 1 ? before : height;
                }
                case "imir" -> steps.add(new HeifPicture.Mirror((property.data().u8(0) & 1) == 0));
                default -> { }
            }
        }
        return List.copyOf(steps);
    }

    /** Width, height and how far the middle lies from the picture's, as fractions. */
    private static HeifPicture.Crop crop(ByteReader clap, int width, int height) {
        double cleanWidth = fraction(clap, 0);
        double cleanHeight = fraction(clap, 8);
        int left = (int) Math.round(fraction(clap, 16) + (width - cleanWidth) / 2);
        int top = (int) Math.round(fraction(clap, 24) + (height - cleanHeight) / 2);
        int wide = (int) Math.round(cleanWidth);
        int high = (int) Math.round(cleanHeight);
        if (wide < 1 || high < 1 || left < 0 || top < 0 || (long) left + wide > width || (long) top + high > height) {
            throw new DamagedImageException("the image file cuts off more than there is");
        }
        return new HeifPicture.Crop(left, top, wide, high);
    }

    private static double fraction(ByteReader box, long at) {
        double denominator = (int) box.u32(at + 4);
        return denominator == 0 ? Double.NaN : (int) box.u32(at) / denominator;
    }
}
