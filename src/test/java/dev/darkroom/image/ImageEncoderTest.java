package dev.darkroom.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.ImageTooLargeException;
import dev.darkroom.image.file.Metadata;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageEncoderTest {

    private final ImageEncoder encoder = new ImageEncoder();

    @ParameterizedTest
    @ValueSource(ints = {8, 16})
    void laysTransparentPicturesOverWhiteForJpeg(int bits) {
        try (var photo = flat(bits, 0.2, 0.25); var read = Pictures.decode(
                encoder.encode(photo, new EncodeOptions(ImageFormat.JPEG, 100)).bytes())) {
            // A quarter of a fifth and three quarters of white: 0.8 of 255.
            for (int sample : Pictures.samples(read.pixels())) {
                assertThat(sample).isBetween(203, 205);
            }
        }
    }

    private static Photo flat(int bits, double level, double opacity) {
        int max = (1 << bits) - 1;
        return new Photo(filled(3, bits, (int) Math.round(level * max)),
                Optional.of(filled(1, bits, (int) Math.round(opacity * max))), Metadata.NONE);
    }

    private static Raster filled(int channels, int bits, int value) {
        var samples = Pictures.buffer(16L * 16 * channels * bits / 8);
        while (samples.hasRemaining()) {
            if (bits == 8) {
                samples.put((byte) value);
            } else {
                samples.putShort((short) value);
            }
        }
        return Pictures.raster(16, 16, channels, bits, samples.flip());
    }

    @ParameterizedTest
    @CsvSource({"92, 0x11", "90, 0x11", "89, 0x22", "50, 0x22"})
    void keepsFullChromaFromQuality90(int quality, String samplingFactors) {
        try (var photo = Pictures.photo(32, 32, 3, 8, false)) {
            byte[] jpeg = encoder.encode(photo, new EncodeOptions(ImageFormat.JPEG, quality)).bytes();
            int frame = new String(jpeg, StandardCharsets.ISO_8859_1).indexOf("\u00ff\u00c0");
            assertThat(jpeg[frame + 11]).isEqualTo(Integer.decode(samplingFactors).byteValue());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"JPEG", "WEBP"})
    void writesSmallerFilesAtLowerQuality(ImageFormat format) {
        try (var photo = Pictures.photo(200, 200, 3, 8, false)) {
            assertThat(encoder.encode(photo, new EncodeOptions(format, 30)).bytes().length)
                    .isLessThan(encoder.encode(photo, new EncodeOptions(format, 95)).bytes().length);
        }
    }

    @Test
    void refusesSidesTheFormatCannotHold() {
        try (var photo = new Photo(Raster.allocate(16_384, 1, 3, 8), Optional.empty(), Metadata.NONE)) {
            assertThatThrownBy(() -> encoder.encode(photo, EncodeOptions.of(ImageFormat.WEBP)))
                    .isInstanceOf(ImageTooLargeException.class).hasMessageContaining("16383");
        }
    }

    @Test
    void refusesQualitiesOffTheScale() {
        assertThatThrownBy(() -> new EncodeOptions(ImageFormat.JPEG, 0)).isInstanceOf(OutputException.class);
        assertThatThrownBy(() -> new EncodeOptions(ImageFormat.JPEG, 101)).isInstanceOf(OutputException.class);
    }

    @Test
    void servesManyThreadsAtOnce() throws Exception {
        var threads = Executors.newFixedThreadPool(8);
        try {
            var work = new ArrayList<Callable<Boolean>>();
            for (int i = 0; i < 64; i++) {
                var format = ImageFormat.values()[i % 4];
                int width = 30 + i;
                work.add(() -> {
                    byte[] file = Pictures.encode(Pictures.photo(width, 50, 3, 8, false), format);
                    byte[] again = Pictures.encode(Pictures.photo(width, 50, 3, 8, false), format);
                    try (var photo = new ImageDecoder(Pictures.LIMITS).decode(ByteBuffer.wrap(file))) {
                        return Arrays.equals(file, again) && photo.pixels().width() == width;
                    }
                });
            }
            for (var result : threads.invokeAll(work)) {
                assertThat(result.get()).isTrue();
            }
        } finally {
            threads.shutdown();
        }
    }
}
