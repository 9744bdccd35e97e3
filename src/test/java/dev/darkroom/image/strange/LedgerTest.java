package dev.darkroom.image.strange;

import static dev.darkroom.image.Pictures.insert;
import static dev.darkroom.image.Pictures.latin1;
import static dev.darkroom.image.strange.Drawing.all;
import static dev.darkroom.image.strange.Drawing.segment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.Jdk;
import dev.darkroom.image.Photo;
import dev.darkroom.image.Pictures;
import dev.darkroom.image.Profiles;
import dev.darkroom.image.container.ImageFile;
import dev.darkroom.image.file.CameraFiles;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.Ledger;
import dev.darkroom.image.file.Metadata;
import dev.darkroom.image.file.MetadataPolicy;
import dev.darkroom.image.file.Resolution;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each pair of formats loses, of files that carry all that their format can. */
class LedgerTest {
    private static final byte[] IPTC = {0x1c, 2, 25, 0, 3, 'd', 'o', 'g', 0x1c, 2, 116, 0, 3, 'A', 'd', 'a'};

    /** @param carries in the words of the answer's header */
    record Source(ImageFormat format, String kind, byte[] file, Set<String> carries) {
        @Override
        public String toString() {
            return format + " " + kind;
        }
    }

    record Pair(Source from, ImageFormat to) {}

    /** In eight formats; four of them gray, with alpha and 16 bits where they can. */
    static List<Source> sources() {
        var sources = new ArrayList<Source>();
        for (ImageFormat format : ImageFormat.WRITTEN) {
            for (boolean colour : new boolean[] {true, false}) {
                int bits = format.holds16Bit() ? 16 : 8;
                byte[] file = camera(format, colour || format == ImageFormat.WEBP, bits);
                var carries = new TreeSet<>(Set.of("icc", "metadata"));
                carries.addAll(format.holds16Bit() ? Set.of("bit-depth", "lossless") : Set.of());
                carries.addAll(format.holdsAlpha() ? Set.of("alpha") : Set.of());
                carries.addAll(colour || format == ImageFormat.WEBP ? Set.of() : Set.of("grayscale"));
                sources.add(new Source(format, colour ? "in colour" : "gray", file, carries));
            }
        }
        sources.add(new Source(ImageFormat.BMP, "with alpha", StrangeBmps.withAlpha(), Set.of("alpha", "lossless", "metadata")));
        sources.add(new Source(ImageFormat.GIF, "plain", Jdk.file(new BufferedImage(9, 7, BufferedImage.TYPE_BYTE_INDEXED), "gif"),
                Set.of("lossless")));
        sources.add(new Source(ImageFormat.HEIC, "of 10 bits", HeifDrawing.sample("ramp-10.heic"), Set.of("bit-depth")));
        sources.add(new Source(ImageFormat.AVIF, "with alpha", HeifDrawing.sample("rgba-8.avif"), Set.of("alpha")));
        return sources;
    }

    /** With EXIF, XMP, profile, resolution, and IPTC where there is room for it. */
    private static byte[] camera(ImageFormat format, boolean colour, int bits) {
        var metadata = new Metadata(Optional.of(colour ? Profiles.displayP3() : Profiles.gray()), Optional.of(new Resolution(300, 300)));
        byte[] file = CameraFiles.camera(new Photo(Pictures.smooth(40, 30, colour ? 3 : 1, bits, 1),
                format.holdsAlpha() ? Optional.of(Pictures.smooth(40, 30, 1, bits, 2)) : Optional.empty(), metadata), format, 6);
        return format == ImageFormat.JPEG
                ? insert(file, 20, segment(0xed, all(latin1("Photoshop 3.0\0" + "8BIM\4\4\0\0\0\0\0"), new byte[] {(byte) IPTC.length}, IPTC))) : file;
    }

    static Stream<Pair> pairs() {
        return sources().stream().flatMap(from -> ImageFormat.WRITTEN.stream().map(to -> new Pair(from, to)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void namesWhatAFormatCannotHoldAndNothingElse(Pair pair) {
        Set<String> lost = new TreeSet<>();
        for (String carried : pair.from().carries()) {
            boolean held = switch (carried) {
                case "alpha" -> pair.to().holdsAlpha();
                case "bit-depth" -> pair.to().holds16Bit();
                case "grayscale" -> pair.to().holdsGray();
                case "icc" -> !pair.from().carries().contains("grayscale") || pair.to().holdsGray();
                case "lossless" -> pair.to().holds16Bit();
                default -> pair.from().format() != ImageFormat.JPEG || pair.to() == ImageFormat.JPEG || pair.to() == ImageFormat.TIFF; // IPTC
            };
            if (!held) {
                lost.add(carried);
            }
        }
        Strange.Outcome.of(pair.from().file(), pair.to(), MetadataPolicy.KEEP).changed(String.join(", ", lost));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void entersWhatTheFileCarries(Source source) {
        assertThat(ImageFile.of(ByteBuffer.wrap(source.file())).ledger().names()).isEqualTo(new TreeSet<>(source.carries()));
    }

    /** Nobody has to think of a thing for its loss to be named: the plain picture's file lacks it. */
    @ParameterizedTest
    @MethodSource("sources")
    void findsOutBySelfWhatACopyLacks(Source source) {
        Ledger carried = ImageFile.of(ByteBuffer.wrap(source.file())).ledger();
        byte[] plain = Pictures.encode(new Photo(Pictures.smooth(40, 30, 3, 8, 1), Optional.empty(), Metadata.NONE), ImageFormat.JPEG);
        assertThat(carried.lackedBy(ImageFile.of(ByteBuffer.wrap(plain)).ledger()).names()).isEqualTo(carried.names());
        assertThat(carried.lackedBy(carried).names()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void doesNotNameWhatWasToBeRemoved(Pair pair) {
        for (MetadataPolicy policy : List.of(MetadataPolicy.STRIP, MetadataPolicy.COPYRIGHT)) {
            assertThat(Strange.Outcome.of(pair.from().file(), pair.to(), policy).answer().orElseThrow().changed().contains("metadata"))
                    .isEqualTo(policy == MetadataPolicy.COPYRIGHT && pair.from().format() == ImageFormat.JPEG
                            && pair.to() != ImageFormat.JPEG && pair.to() != ImageFormat.TIFF);
        }
    }

    @Test
    void entersWhatItDoesNotKnow() {
        byte[] png = Drawing.rampPng(Pictures.pngChunk("prVt", new byte[3]));
        assertThat(ImageFile.of(ByteBuffer.wrap(png)).ledger().names()).contains("metadata");
        byte[] jpeg = insert(Drawing.rampJpeg(), 20, segment(0xeb, latin1("JP\0\1content credentials")));
        Strange.Outcome.of(jpeg, ImageFormat.JPEG, MetadataPolicy.KEEP).changed("metadata");
    }
}
