package dev.darkroom.image.strange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.image.Photo;
import dev.darkroom.image.Pictures;
import dev.darkroom.image.file.DamagedImageException;
import dev.darkroom.image.file.UnsupportedImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** HEIC and AVIF files of other projects' tests, where they lie beside the checkout; {@link HeifTest} draws its own. */
class HeifCasesTest {
    private static final Path CASES = Path.of("../shared/cases/heif");
    /** Of 255: others calculate in steps of 1/256, by which a flat picture may be off everywhere, and interpolate chroma differently. */
    private static final double TOLERANCE = 1.01;
    /** What a telephone made. */
    private static final double TOLERANCE_OF_PHOTOGRAPHS = 0.4;
    /** A picture over another is not put together. */
    private static final String OVERLAY = "alpha.heic";
    /** Of its three pictures, expected.json has the first; the gray one is the primary. */
    private static final String GRAY_IS_PRIMARY = "zPug_3.heic";

    static Stream<JsonNode> cases() throws IOException {
        Path expected = CASES.resolve("expected.json");
        return Files.exists(expected) ? StreamSupport.stream(new ObjectMapper().readTree(expected.toFile()).spliterator(), false) : Stream.of();
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("cases")
    void readsWhatOtherProgramsRead(JsonNode expected) throws IOException {
        byte[] file = Files.readAllBytes(CASES.resolve(expected.get("file").asText()));
        if (expected.get("file").asText().equals(OVERLAY)) {
            assertThatThrownBy(() -> Pictures.decode(file)).isInstanceOf(UnsupportedImageException.class);
            return;
        }
        if (expected.has("refused")) {
            assertThatThrownBy(() -> Pictures.decode(file)).isInstanceOf(DamagedImageException.class);
            return;
        }
        var header = Pictures.probe(file);
        assertThat(header.width()).isEqualTo(expected.get("width").asInt());
        assertThat(header.height()).isEqualTo(expected.get("height").asInt());
        assertThat(header.bitsPerSample()).isEqualTo(expected.get("bitDepth").asInt());
        try (Photo photo = Pictures.decode(file)) {
            boolean gray = expected.get("file").asText().equals(GRAY_IS_PRIMARY);
            JsonNode mean = gray ? new ObjectMapper().createArrayNode().add(67.31) : expected.get("mean");
            double tolerance = expected.get("file").asText().startsWith("IMG") ? TOLERANCE_OF_PHOTOGRAPHS : TOLERANCE;
            int channels = photo.pixels().channels();
            int[] samples = Pictures.stored(photo.pixels());
            for (int c = 0; c < Math.min(3, mean.size()); c++) {
                assertThat(mean(samples, channels == 1 ? 0 : 2 - c, channels, photo.pixels().bits())).describedAs("channel %d", c)
                        .isCloseTo(mean.get(c).asDouble(), within(tolerance));
            }
            if (mean.size() == 4) {
                assertThat(mean(Pictures.samples(photo.alpha().orElseThrow()), 0, 1, photo.alpha().get().bits())).isCloseTo(mean.get(3).asDouble(), within(tolerance));
            }
            assertThat(photo.metadata().exif().isPresent()).isEqualTo(expected.get("exifTags").asInt() > 0);
            assertThat(photo.metadata().xmp().isPresent()).isEqualTo(expected.get("xmp").asBoolean());
            if (expected.get("iccBytes").asInt() > 0) {
                assertThat(photo.metadata().icc()).hasValueSatisfying(profile -> assertThat(profile).hasSize(expected.get("iccBytes").asInt()));
            }
        }
    }

    private static double mean(int[] samples, int channel, int channels, int bits) {
        double sum = 0;
        for (int i = channel; i < samples.length; i += channels) {
            sum += samples[i];
        }
        return sum / (samples.length / channels) * (bits == 16 ? 1 / 257.0 : 1);
    }
}
