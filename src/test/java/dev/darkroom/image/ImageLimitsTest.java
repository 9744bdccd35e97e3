package dev.darkroom.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

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
    void refusesAnAnswerOfMorePixelsThanTheLimit() {
        var limits = new ImageLimits(4000, 3000, 10);
        assertThatThrownBy(() -> limits.checkEnlarged(header(1000, 626, Orientation.TRANSPOSE), 4)).isInstanceOf(ImageTooLargeException.class)
                .hasMessage("enlarged 4 times the image would have 10.0 megapixels (2504 x 4000 pixels), at most 10.0 are given back");
        assertThatCode(() -> limits.checkEnlarged(header(1000, 625, Orientation.NONE), 4)).doesNotThrowAnyException();
        assertThatThrownBy(() -> limits.checkEnlarged(header(30_000, 30_000, Orientation.NONE), 4)).isInstanceOf(ImageTooLargeException.class);
    }

    @Test
    void countsDecodedBytesBeyondTheRangeOfInt() {
        assertThat(header(1 << 20, 1 << 20, Orientation.NONE).decodedBytes()).isEqualTo(8L << 40);
    }
}
