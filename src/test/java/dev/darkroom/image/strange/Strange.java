package dev.darkroom.image.strange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.Coding;
import dev.darkroom.image.EncodeOptions;
import dev.darkroom.image.EncodedImage;
import dev.darkroom.image.ImageEncoder;
import dev.darkroom.image.Photo;
import dev.darkroom.image.Pictures;
import dev.darkroom.image.file.ImageException;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.MetadataPolicy;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A file, and what has to become of it.
 *
 * @param name as it is called among the cases beside the checkout, which are judged in the same way
 */
record Strange(String name, byte[] file, Consumer<Outcome> check) {

    /** What came of a file: a refusal, or an answer that nothing has been restored in. */
    record Outcome(byte[] file, Optional<ImageException> refusal, Optional<EncodedImage> answer) {

        static Outcome of(byte[] file, ImageFormat format, MetadataPolicy policy) {
            try (Photo photo = Pictures.decode(file)) {
                photo.fillTransparent(8);
                var options = new EncodeOptions(format, Coding.DEFAULT, policy);
                return new Outcome(file, Optional.empty(), Optional.of(new ImageEncoder().encode(photo, options)));
            } catch (ImageException refused) {
                return new Outcome(file, Optional.of(refused), Optional.empty());
            }
        }

        Outcome as(ImageFormat format) {
            return of(file, format, MetadataPolicy.KEEP);
        }

        Outcome rightsOnly(ImageFormat format) {
            return of(file, format, MetadataPolicy.COPYRIGHT);
        }

        /** @param names what must be said to be changed, and no more; "" for nothing */
        Outcome changed(String names) {
            assertThat(refusal).isEmpty();
            assertThat(String.join(", ", answer.orElseThrow().changed())).isEqualTo(names);
            return this;
        }

        void refused(Class<? extends ImageException> how) {
            assertThat(refusal).hasValueSatisfying(refused -> assertThat(refused).isInstanceOf(how));
        }

        /** Of the answer, from its left upper corner. */
        Outcome pixels(int... expected) {
            return near(0, expected);
        }

        Outcome near(int tolerance, int... expected) {
            int[] samples = samples();
            assertThat(samples.length).isGreaterThanOrEqualTo(expected.length);
            for (int i = 0; i < expected.length; i++) {
                assertThat(samples[i]).describedAs("sample %d of %s", i, Arrays.toString(Arrays.copyOf(samples, 24)))
                        .isBetween(expected[i] - tolerance, expected[i] + tolerance);
            }
            return this;
        }

        /** As stored, in the order of RGB or gray. */
        int[] samples() {
            try (Photo read = Pictures.decode(bytes())) {
                int[] stored = Pictures.stored(read.pixels());
                for (int i = 0; read.pixels().channels() == 3 && i < stored.length; i += 3) {
                    int blue = stored[i];
                    stored[i] = stored[i + 2];
                    stored[i + 2] = blue;
                }
                return stored;
            }
        }

        int[] alpha() {
            try (Photo read = Pictures.decode(bytes())) {
                return read.alpha().map(Pictures::samples).orElse(new int[0]);
            }
        }

        int bits() {
            return Pictures.probe(bytes()).bitsPerSample();
        }

        Outcome profile(boolean there) {
            try (Photo read = Pictures.decode(bytes())) {
                assertThat(read.metadata().icc().isPresent()).isEqualTo(there);
            }
            return this;
        }

        Outcome contains(String... texts) {
            assertThat(text()).contains(texts);
            return this;
        }

        Outcome lacks(String... texts) {
            assertThat(text()).doesNotContain(texts);
            return this;
        }

        private String text() {
            return new String(bytes(), StandardCharsets.ISO_8859_1);
        }

        private byte[] bytes() {
            assertThat(refusal).isEmpty();
            return answer.orElseThrow().bytes();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
