package dev.darkroom.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.image.file.CameraFiles;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.ImageHeader;
import dev.darkroom.image.file.ImageTooLargeException;
import dev.darkroom.image.file.Metadata;
import dev.darkroom.image.file.Orientation;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImageLimitsTest {

    private static ImageHeader header(int width, int height, Orientation orientation) {
        return new ImageHeader(ImageFormat.PNG, width, height, 3, true, 16, orientation);
    }

    @Test
    void refusesAnImageLargerThanTheLimit() {
        var limits = new ImageLimits(4000, 3000, 10);
        assertThatThrownBy(() -> limits.check(header(4001, 10, Orientation.NONE))).isInstanceOf(ImageTooLargeException.class);
        assertThatThrownBy(() -> limits.check(header(10, 3001, Orientation.NONE))).isInstanceOf(ImageTooLargeException.class);
        assertThatThrownBy(() -> limits.check(header(4000, 2501, Orientation.NONE)))
                .isInstanceOf(ImageTooLargeException.class).hasMessage("the image has 10.0 megapixels, at most 10.0 are accepted");
        assertThatCode(() -> limits.check(header(4000, 2500, Orientation.NONE))).doesNotThrowAnyException();
    }

    @Test
    void looksAtTheUprightSides() {
        var limits = new ImageLimits(4000, 3000, 100);
        assertThatCode(() -> limits.check(header(3000, 4000, Orientation.TRANSPOSE))).doesNotThrowAnyException();
        assertThatThrownBy(() -> limits.check(header(4000, 3000, Orientation.TRANSPOSE))).isInstanceOf(ImageTooLargeException.class);
    }

    @Test
    void refusesBeforeAnythingIsDecoded() {
        byte[] png = Pictures.encode(Pictures.photo(8, 8, 3, 8, false), ImageFormat.PNG);
        ByteBuffer.wrap(png).putInt(16, 1 << 30).putInt(20, 1 << 30);
        assertThatThrownBy(() -> Pictures.decode(png)).isInstanceOf(ImageTooLargeException.class);
    }

    @Test
    void refusesAFileTooShortToBeAPhotographOfItsSize() {
        byte[] flat;
        try (var white = Raster.allocate(4000, 3000, 3, 8)) {
            flat = new ImageEncoder().encode(new Photo(white, Optional.empty(), Metadata.NONE), new EncodeOptions(ImageFormat.WEBP, 50)).bytes();
        }
        var limits = new ImageLimits(4000, 3000, 12, 100, 1000);
        assertThatThrownBy(() -> ImageProbe.probe(ByteBuffer.wrap(flat), limits)).isInstanceOf(ImageTooLargeException.class)
                .hasMessageMatching("the pixels would have \\d+ times as many bytes as the file, at most 100 times are accepted");
        assertThatCode(() -> ImageProbe.probe(ByteBuffer.wrap(flat), new ImageLimits(4000, 3000, 12, 100_000, 0))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource(names = {"PNG", "JPEG", "WEBP", "TIFF"})
    void refusesMoreMetadataThanTheLimit(ImageFormat format) {
        byte[] file = CameraFiles.camera(Pictures.photo(40, 30, 3, 8, false), format, 1);
        int profile = Profiles.srgb().length;
        // PNG's profile is compressed; beside the blocks each format has a few bytes of its own.
        int least = format == ImageFormat.PNG ? 1000 : profile;
        assertThatThrownBy(() -> ImageProbe.probe(ByteBuffer.wrap(file), new ImageLimits(40, 30, 1, 100, least)))
                .isInstanceOf(ImageTooLargeException.class).hasMessageContaining("megabytes of metadata, at most 0.0 are accepted");
        assertThatCode(() -> ImageProbe.probe(ByteBuffer.wrap(file), new ImageLimits(40, 30, 1, 100, profile + 1500))).doesNotThrowAnyException();
    }

    @Test
    void refusesAnAnswerOfMorePixelsThanTheLimit() {
        var limits = new ImageLimits(4000, 3000, 10);
        assertThatThrownBy(() -> limits.checkEnlarged(new Dimensions(2504, 4000))).isInstanceOf(ImageTooLargeException.class)
                .hasMessage("enlarged the image would have 10.0 megapixels (2504 x 4000 pixels), at most 10.0 are given back");
        assertThatCode(() -> limits.checkEnlarged(new Dimensions(4000, 2500))).doesNotThrowAnyException();
        assertThatThrownBy(() -> limits.checkEnlarged(new Dimensions(120_000, 120_000))).isInstanceOf(ImageTooLargeException.class);
    }

    @Test
    void countsDecodedBytesBeyondTheRangeOfInt() {
        assertThat(header(1 << 20, 1 << 20, Orientation.NONE).decodedBytes()).isEqualTo(8L << 40);
    }
}
