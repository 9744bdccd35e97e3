package dev.darkroom.image.file;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/**
 * Everything that a file carries beyond a plain picture of 8 bits. Filled while the file is read, and not changed after that.
 *
 * <p>The same code reads it from what came in and from what goes out, so what is missing in the latter is named without anyone
 * having to remember it. Whatever a container does not know is an entry too.
 */
public final class Ledger {
    /** Entered for each picture with a resolution: it stays whatever is asked about metadata. */
    private static final String RESOLUTION = "resolution";
    /** Of one kind: a file of nothing but names must not cost more than its size. */
    private static final int MOST = 4096;

    private final Map<Carried, SortedSet<String>> entries = new EnumMap<>(Carried.class);
    private final Optional<ImageFormat> format;

    public Ledger() {
        this(Optional.empty());
    }

    /** @param format of the file; empty for a picture that came from none */
    public Ledger(Optional<ImageFormat> format) {
        this.format = format;
    }

    /** What a picture is by itself. */
    public static Ledger of(int channels, boolean alpha, int bits) {
        return new Ledger().enter(channels == 1, Carried.GRAYSCALE, "one channel").enter(alpha, Carried.ALPHA, "alpha")
                .enter(bits > 8, Carried.BIT_DEPTH, "more than 8 bits").enter(bits > 16, Carried.BIT_DEPTH, "more than 16 bits");
    }

    /** What stands beside a picture. */
    public static Ledger of(Metadata metadata) {
        var ledger = new Ledger().enter(metadata.icc().isPresent(), Carried.ICC, "profile")
                .enter(metadata.resolution().isPresent(), Carried.METADATA, RESOLUTION)
                .enter(metadata.xmp().isPresent(), Carried.METADATA, "XMP");
        metadata.exif().map(block -> Exif.of(block).fields()).orElse(Set.of()).forEach(field -> ledger.enter(Carried.METADATA, "EXIF " + field));
        metadata.xmp().map(Xmp::claims).orElse(Set.of()).forEach(claim -> ledger.enter(Carried.METADATA, "XMP " + claim));
        metadata.photoshop().map(PhotoshopResources::ids).orElse(Set.of())
                .forEach(resource -> ledger.enter(Carried.METADATA, PhotoshopResources.name(resource)));
        return ledger;
    }

    public Ledger enter(Carried kind, String entry) {
        var same = entries.computeIfAbsent(kind, none -> new TreeSet<>());
        if (same.size() < MOST) {
            same.add(entry);
        }
        return this;
    }

    /** Enters something if it is there. */
    public Ledger enter(boolean there, Carried kind, String entry) {
        return there ? enter(kind, entry) : this;
    }

    /** Of both. */
    public Ledger and(Ledger other) {
        var both = only((kind, entry) -> true);
        other.entries.forEach((kind, more) -> more.forEach(entry -> both.enter(kind, entry)));
        return both;
    }

    /** Without what nobody wants to have kept. */
    public Ledger without(Carried unwanted) {
        return only((kind, entry) -> kind != unwanted);
    }

    /** Of the metadata nothing but the resolution. */
    public Ledger stripped() {
        return only((kind, entry) -> kind != Carried.METADATA || entry.equals(RESOLUTION));
    }

    /** What of this is not in a copy. */
    public Ledger lackedBy(Ledger copy) {
        return only((kind, entry) -> !copy.entries.getOrDefault(kind, Collections.emptySortedSet()).contains(entry));
    }

    /** Whether it was a file of that format whose samples no codec had blurred. */
    public boolean isLossless(ImageFormat ofFormat) {
        return format.equals(Optional.of(ofFormat)) && entries.containsKey(Carried.LOSSLESS);
    }

    private Ledger only(BiPredicate<Carried, String> wanted) {
        var some = new Ledger(format);
        entries.forEach((kind, all) -> all.stream().filter(entry -> wanted.test(kind, entry)).forEach(entry -> some.enter(kind, entry)));
        return some;
    }

    /** The kinds of what is entered, in alphabetical order. */
    public SortedSet<String> names() {
        return entries.keySet().stream().map(Carried::toString).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Each entry, for whoever wants to know it exactly. */
    @Override
    public String toString() {
        return entries.toString();
    }
}
