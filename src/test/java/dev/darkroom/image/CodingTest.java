package dev.darkroom.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.Metadata;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked of a file, found in the file. */
class CodingTest {
    private static final Coding PROGRESSIVE = new Coding(OptionalInt.empty(), Optional.empty(), true, OptionalInt.empty(), Optional.empty());

    @ParameterizedTest
    @CsvSource({"420, 95, 0x22", "422, 95, 0x21", "444, 95, 0x11", "420, 40, 0x22", "422, 40, 0x21", "444, 40, 0x11"})
    void laysOutColourAsItIsAsked(String chroma, int quality, String factors) {
        byte[] jpeg = encoded(ImageFormat.JPEG, new Coding(OptionalInt.of(quality), Chroma.named(chroma), false, OptionalInt.empty(), Optional.empty()));
        assertThat(jpeg[latin1(jpeg).indexOf("\u00ff\u00c0") + 11]).isEqualTo(Integer.decode(factors).byteValue());
    }

    @Test
    void writesAJpegOfSeveralScansThatShowsTheSame() {
        byte[] plain = encoded(ImageFormat.JPEG, Coding.DEFAULT);
        byte[] progressive = encoded(ImageFormat.JPEG, PROGRESSIVE);
        assertThat(latin1(progressive)).contains("\u00ff\u00c2").doesNotContain("\u00ff\u00c0");
        assertThat(latin1(progressive).split("\u00ff\u00da", -1)).hasSizeGreaterThan(4);
        assertThat(samples(progressive)).isEqualTo(samples(plain));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void compressesAPngAsHardAsItIsAsked(boolean grayWithAlpha) {
        byte[] stored = png(0, grayWithAlpha);
        byte[] fast = png(1, grayWithAlpha);
        byte[] small = png(9, grayWithAlpha);
        assertThat(stored).hasSizeGreaterThan(200 * 150 * (grayWithAlpha ? 2 : 3));
        assertThat(fast.length).isLessThan(stored.length);
        assertThat(small.length).isLessThan(fast.length);
        assertThat(samples(small)).isEqualTo(samples(stored)).isEqualTo(samples(fast));
    }

    private static byte[] png(int level, boolean grayWithAlpha) {
        try (Photo photo = grayWithAlpha ? Pictures.photo(200, 150, 1, 8, true) : smooth()) {
            return new ImageEncoder().encode(photo, new EncodeOptions(ImageFormat.PNG, compression(level))).bytes();
        }
    }

    @Test
    void writesAWebpWithoutLossWhereThatIsAsked() {
        try (Photo photo = smooth()) {
            byte[] lossy = encoded(ImageFormat.WEBP, Coding.DEFAULT);
            byte[] lossless = encoded(ImageFormat.WEBP, lossless(true));
            assertThat(samples(lossless)).isEqualTo(Pictures.samples(photo.pixels()));
            assertThat(samples(lossy)).isNotEqualTo(samples(lossless));
            assertThat(latin1(lossless)).contains("VP8L");
        }
    }

    @Test
    void writesAWebpWithLossWhereThatIsAskedWhateverCame() {
        byte[] lossless = encoded(ImageFormat.WEBP, lossless(true));
        try (Photo photo = Pictures.decode(lossless)) {
            assertThat(latin1(new ImageEncoder().encode(photo, EncodeOptions.of(ImageFormat.WEBP)).bytes())).contains("VP8L");
            EncodedImage lossy = new ImageEncoder().encode(photo, new EncodeOptions(ImageFormat.WEBP, lossless(false)));
            assertThat(latin1(lossy.bytes())).contains("VP8 ");
            assertThat(lossy.changed()).contains("lossless");
        }
    }

    @ParameterizedTest
    @EnumSource(value = ImageFormat.class, names = {"PNG", "WEBP", "TIFF"})
    void refusesWhatOnlyAJpegHas(ImageFormat format) {
        assertThatThrownBy(() -> PROGRESSIVE.requireFits(format)).isInstanceOf(OutputException.class)
                .hasMessageContaining("progressive is of JPEG answers alone").hasMessageContaining("format=jpeg");
        var full = new Coding(OptionalInt.empty(), Optional.of(Chroma.FULL), false, OptionalInt.empty(), Optional.empty());
        assertThatThrownBy(() -> full.requireFits(format)).isInstanceOf(OutputException.class).hasMessageContaining("chroma");
    }

    @ParameterizedTest
    @EnumSource(value = ImageFormat.class, names = {"JPEG", "WEBP", "TIFF"})
    void refusesWhatOnlyAPngHas(ImageFormat format) {
        assertThatThrownBy(() -> compression(5).requireFits(format)).isInstanceOf(OutputException.class).hasMessageContaining("compression is of PNG answers alone");
    }

    @Test
    void refusesNoLossOfAJpegAndLossOfOthers() {
        assertThatThrownBy(() -> lossless(true).requireFits(ImageFormat.JPEG)).isInstanceOf(OutputException.class).hasMessageContaining("lossless=true");
        assertThatThrownBy(() -> lossless(false).requireFits(ImageFormat.PNG)).isInstanceOf(OutputException.class).hasMessageContaining("lossless=false");
        assertThatCode(() -> lossless(true).requireFits(ImageFormat.TIFF)).doesNotThrowAnyException();
        assertThatCode(() -> lossless(false).requireFits(ImageFormat.JPEG)).doesNotThrowAnyException();
        assertThatThrownBy(() -> lossless(true).with(OptionalInt.of(80))).isInstanceOf(OutputException.class).hasMessageContaining("quality");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 10})
    void refusesALevelThatIsNone(int level) {
        assertThatThrownBy(() -> compression(level)).isInstanceOf(OutputException.class).hasMessage("compression must be from 0 to 9");
    }

    private static Coding compression(int level) {
        return new Coding(OptionalInt.empty(), Optional.empty(), false, OptionalInt.of(level), Optional.empty());
    }

    private static Coding lossless(boolean without) {
        return new Coding(OptionalInt.empty(), Optional.empty(), false, OptionalInt.empty(), Optional.of(without));
    }

    private static byte[] encoded(ImageFormat format, Coding coding) {
        try (Photo photo = smooth()) {
            return new ImageEncoder().encode(photo, new EncodeOptions(format, coding)).bytes();
        }
    }

    private static Photo smooth() {
        return new Photo(Pictures.smooth(200, 150, 3, 8, 1), Optional.empty(), Metadata.NONE);
    }

    private static int[] samples(byte[] file) {
        try (Photo photo = Pictures.decode(file)) {
            return Pictures.samples(photo.pixels());
        }
    }

    private static String latin1(byte[] file) {
        return new String(file, StandardCharsets.ISO_8859_1);
    }
}
