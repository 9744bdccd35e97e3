package dev.darkroom.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.darkroom.image.container.ImageFile;
import dev.darkroom.image.file.CameraFiles;
import dev.darkroom.image.file.DamagedImageException;
import dev.darkroom.image.file.ImageException;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.Metadata;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DamagedImagesTest {

    private static byte[] file(ImageFormat format) {
        return CameraFiles.oriented(Pictures.photo(40, 30, 3, 8, format.holdsAlpha()), format, 6);
    }

    private static byte[] withMetadata(ImageFormat format) {
        return Pictures.encode(Pictures.photo(40, 30, 3, 8, format.holdsAlpha()), format);
    }

    @ParameterizedTest
    @EnumSource(names = {"PNG", "JPEG", "WEBP", "TIFF"})
    void refusesAFileCutShortAnywhere(ImageFormat format) {
        byte[] file = file(format);
        for (int length = 0; length < file.length; length += length < 1000 ? 1 : 37) {
            byte[] cut = Arrays.copyOf(file, length);
            onlyTypedFailures(() -> Pictures.probe(cut));
        }
        for (double part : new double[] {0.3, 0.7, 0.99}) {
            byte[] cut = Arrays.copyOf(file, (int) (file.length * part));
            assertThatThrownBy(() -> Pictures.decode(cut).close()).isInstanceOf(DamagedImageException.class)
                    .hasMessageStartingWith("the ");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PNG", "JPEG", "WEBP", "TIFF"})
    void probesFlippedBitsWithAHeaderOrATypedFailure(ImageFormat format) {
        var random = new Random(11);
        for (byte[] original : new byte[][] {file(format), withMetadata(format)}) {
            for (int run = 0; run < 1000; run++) {
                byte[] file = original.clone();
                for (int flips = 1 + random.nextInt(6); flips > 0; flips--) {
                    // Most in the first bytes, where the structure is.
                    int at = random.nextInt(random.nextInt(4) == 0 ? file.length : Math.min(file.length, 120));
                    file[at] ^= (byte) (1 << random.nextInt(8));
                }
                onlyTypedFailures(() -> {
                    var image = ImageFile.of(ByteBuffer.wrap(file));
                    image.header();
                    image.metadata();
                });
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PNG", "JPEG", "WEBP", "TIFF"})
    void decodesFlippedBitsToAPhotoOrATypedFailure(ImageFormat format) {
        var random = new Random(12);
        var decoder = new ImageDecoder(new ImageLimits(2000, 2000, 1));
        byte[] original = file(format);
        for (int run = 0; run < 100; run++) {
            byte[] file = original.clone();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                file[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
            }
            onlyTypedFailures(() -> decoder.decode(ByteBuffer.wrap(file)).close());
        }
    }

    @Test
    void probesRandomBytesBehindAMagicNumberWithATypedFailure() {
        var random = new Random(13);
        for (var format : ImageFormat.WRITTEN) {
            byte[] good = file(format);
            for (int run = 0; run < 1000; run++) {
                var file = new byte[16 + random.nextInt(300)];
                random.nextBytes(file);
                System.arraycopy(good, 0, file, 0, 3 + random.nextInt(13));
                onlyTypedFailures(() -> Pictures.probe(file));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PNG", "JPEG", "WEBP", "TIFF"})
    void decodesAPhotoWhoseProfileIsNonsense(ImageFormat format) {
        try (var photo = Pictures.photo(9, 9, 3, 8, false)) {
            var odd = new Metadata(Optional.of(new byte[] {1, 2, 3}), Optional.empty());
            byte[] file = new ImageEncoder()
                    .encode(new Photo(photo.pixels(), photo.alpha(), odd), EncodeOptions.of(format)).bytes();
            try (var read = Pictures.decode(file)) {
                assertThat(read.metadata().icc()).hasValue(new byte[] {1, 2, 3});
            }
        }
    }

    private static void onlyTypedFailures(Runnable reading) {
        try {
            reading.run();
        } catch (ImageException expected) {
            assertThat(expected.getMessage()).doesNotContain("/").doesNotContain("OpenCV");
        } catch (RuntimeException other) {
            fail("an untyped failure", other);
        }
    }
}
