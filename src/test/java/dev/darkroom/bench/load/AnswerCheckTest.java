package dev.darkroom.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.bench.picture.Picture;
import dev.darkroom.bench.picture.Scene;
import dev.darkroom.bench.picture.SizeClass;
import dev.darkroom.image.EncodeOptions;
import dev.darkroom.image.ImageEncoder;
import dev.darkroom.image.Photo;
import dev.darkroom.image.Raster;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.Metadata;
import dev.darkroom.image.tile.Region;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AnswerCheckTest {
    private static final int SIDE = 300;

    private final AnswerCheck check = new AnswerCheck();
    private final Picture picture = Picture.of(new SizeClass("small", SIDE, SIDE, 1), Scene.picture(SIDE, SIDE, 1), ImageFormat.PNG);

    @AfterEach
    void free() {
        picture.close();
    }

    @Test
    void knowsTheSameAnswerAgain() {
        assertThat(check.judge(picture, picture.file())).isEqualTo(Verdict.SAME);
        assertThat(check.judge(picture, picture.file().clone())).isEqualTo(Verdict.SAME);
    }

    @ParameterizedTest
    @EnumSource(value = ImageFormat.class, names = {"PNG", "JPEG"})
    void forgivesRounding(ImageFormat format) {
        check.judge(picture, changed(format, 0, value -> value));
        assertThat(check.judge(picture, changed(format, 0, value -> value == 100 ? 101 : value))).isEqualTo(Verdict.ROUNDED);
    }

    @ParameterizedTest
    @EnumSource(value = ImageFormat.class, names = {"PNG", "JPEG"})
    void findsTheTileOfAnotherPicture(ImageFormat format) {
        check.judge(picture, changed(format, 0, value -> value));
        assertThat(check.judge(picture, changed(format, SIDE - 40, value -> 255 - value))).isEqualTo(Verdict.WRONG);
    }

    @Test
    void findsAnAnswerOfAnotherSizeOrNone() {
        check.judge(picture, picture.file());
        try (Picture other = Picture.of(picture.size(), Scene.picture(SIDE, SIDE - 1, 1), ImageFormat.PNG)) {
            assertThat(check.judge(picture, other.file())).isEqualTo(Verdict.WRONG);
        }
        assertThat(check.judge(picture, new byte[0])).isEqualTo(Verdict.WRONG);
    }

    /** The picture with all samples of a square at the lower right replaced. */
    private byte[] changed(ImageFormat format, int from, IntUnaryOperator change) {
        var part = new Region(from, from, SIDE - from, SIDE - from);
        ByteBuffer samples = ByteBuffer.allocateDirect((int) picture.pixels().bytes(part));
        picture.pixels().read(part, samples);
        for (int i = 0; i < samples.capacity(); i++) {
            samples.put(i, (byte) change.applyAsInt(samples.get(i) & 0xff));
        }
        try (Raster raster = Scene.picture(SIDE, SIDE, 1)) {
            raster.write(part, samples.flip(), part);
            return new ImageEncoder().encode(new Photo(raster, Optional.empty(), Metadata.NONE), EncodeOptions.of(format)).bytes();
        }
    }
}
