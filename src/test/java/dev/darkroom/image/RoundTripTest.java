package dev.darkroom.image;

import static dev.darkroom.image.Pictures.samples;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.image.file.ImageFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RoundTripTest {

    record Kind(ImageFormat format, int channels, int bits, boolean alpha) {

        boolean lossless() {
            return format == ImageFormat.PNG || format == ImageFormat.TIFF;
        }

        List<String> expectedChanges() {
            var changes = new TreeSet<String>();
            if (bits == 16 && !format.holds16Bit()) {
                changes.add("bit-depth");
            }
            if (alpha && !format.holdsAlpha()) {
                changes.add("alpha");
            }
            if (channels == 1 && becomesColour()) {
                changes.addAll(List.of("grayscale", "icc"));
            }
            return List.copyOf(changes);
        }

        boolean becomesColour() {
            return !format.holdsGray();
        }
    }

    static List<Kind> kinds() {
        var kinds = new ArrayList<Kind>();
        for (var format : ImageFormat.WRITTEN) {
            for (int channels : new int[] {1, 3}) {
                for (int bits : new int[] {8, 16}) {
                    kinds.add(new Kind(format, channels, bits, false));
                    kinds.add(new Kind(format, channels, bits, true));
                }
            }
        }
        return kinds;
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void keepsWhatTheFormatHoldsAndNamesTheRest(Kind kind) {
        try (var photo = Pictures.photo(67, 45, kind.channels(), kind.bits(), kind.alpha())) {
            var encoded = new ImageEncoder().encode(photo, EncodeOptions.of(kind.format()));
            try (var read = Pictures.decode(encoded.bytes())) {
                assertThat(encoded.changed()).containsExactlyElementsOf(kind.expectedChanges());
                assertThat(read.pixels().bounds()).isEqualTo(photo.pixels().bounds());
                assertThat(read.pixels().bits()).isEqualTo(kind.format().holds16Bit() ? kind.bits() : 8);
                assertThat(read.pixels().channels()).isEqualTo(kind.becomesColour() ? 3 : kind.channels());
                assertThat(read.alpha().isPresent()).isEqualTo(kind.alpha() && kind.format().holdsAlpha());
                assertSameSamples(kind, photo, read);
                assertSameMetadata(kind, photo, read);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void saysInTheHeaderWhatDecodingGives(Kind kind) {
        byte[] file = Pictures.encode(Pictures.photo(67, 45, kind.channels(), kind.bits(), kind.alpha()), kind.format());
        var header = Pictures.probe(file);
        try (var photo = Pictures.decode(file)) {
            assertThat(header.format()).isEqualTo(kind.format());
            assertThat(header.uprightWidth()).isEqualTo(photo.pixels().width());
            assertThat(header.uprightHeight()).isEqualTo(photo.pixels().height());
            assertThat(header.channels()).isEqualTo(photo.pixels().channels());
            assertThat(header.bitsPerSample()).isEqualTo(photo.pixels().bits());
            assertThat(header.alpha()).isEqualTo(photo.alpha().isPresent());
        }
    }

    /** The JDK reads no WebP, and no 16-bit TIFF with the predictor that makes LZW worthwhile. */
    static List<Kind> kindsTheJdkReads() {
        return kinds().stream().filter(kind -> kind.format() != ImageFormat.WEBP)
                .filter(kind -> kind.format() != ImageFormat.TIFF || kind.bits() == 8).toList();
    }

    @ParameterizedTest
    @MethodSource("kindsTheJdkReads")
    void writesFilesAnotherReaderUnderstands(Kind kind) throws IOException {
        byte[] file = Pictures.encode(Pictures.photo(67, 45, kind.channels(), kind.bits(), kind.alpha()), kind.format());
        var image = Jdk.read(file, kind.format().name());
        try (var photo = Pictures.decode(file)) {
            int[] ours = samples(photo.pixels());
            int channels = photo.pixels().channels();
            assertThat(image.getColorModel().hasAlpha()).isEqualTo(photo.alpha().isPresent());
            assertThat(image.getRaster().getDataBuffer().getDataType()).isEqualTo(photo.pixels().bits() == 16 ? 1 : 0);
            for (int i = 0; i < ours.length; i++) {
                int pixel = i / channels;
                int theirs = image.getRaster().getSample(pixel % 67, pixel / 67, i % channels);
                // Two JPEG decoders may round differently.
                assertThat(theirs).isCloseTo(ours[i], within(kind.lossless() ? 0 : 3));
            }
        }
    }

    private static void assertSameSamples(Kind kind, Photo photo, Photo read) {
        if (kind.format() == ImageFormat.JPEG && kind.alpha()) {
            return; // composited; CompositingTest
        }
        int[] before = samples(photo.pixels());
        int[] after = samples(read.pixels());
        int repeat = kind.becomesColour() && kind.channels() == 1 ? 3 : 1;
        double scale = kind.bits() > read.pixels().bits() ? 257 : 1;
        double worst = 0;
        for (int i = 0; i < after.length; i++) {
            worst = Math.max(worst, Math.abs(before[i / repeat] / scale - after[i]));
        }
        assertThat(worst).isLessThanOrEqualTo(kind.lossless() ? 0 : 12);
        if (kind.lossless() && kind.alpha()) {
            assertThat(samples(read.alpha().orElseThrow())).isEqualTo(samples(photo.alpha().orElseThrow()));
        }
    }

    private static void assertSameMetadata(Kind kind, Photo photo, Photo read) {
        var resolution = read.metadata().resolution().orElseThrow();
        assertThat(resolution.xDpi()).isCloseTo(300, within(0.02));
        assertThat(resolution.yDpi()).isCloseTo(240, within(0.02));
        if (kind.expectedChanges().contains("icc")) {
            assertThat(read.metadata().icc()).isEmpty();
        } else {
            assertThat(read.metadata().icc()).hasValue(photo.metadata().icc().orElseThrow());
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void readsDirectBuffersFromTheirPositionAndLeavesThemAlone(Kind kind) {
        byte[] file = Pictures.encode(Pictures.photo(20, 10, kind.channels(), kind.bits(), kind.alpha()), kind.format());
        var buffer = ByteBuffer.allocateDirect(file.length + 9).position(5).put(file).flip().position(5);
        try (var photo = new ImageDecoder(Pictures.LIMITS).decode(buffer); var expected = Pictures.decode(file)) {
            assertThat(samples(photo.pixels())).isEqualTo(samples(expected.pixels()));
            var after = new byte[buffer.remaining()];
            buffer.get(after);
            assertThat(after).isEqualTo(file);
        }
    }
}
