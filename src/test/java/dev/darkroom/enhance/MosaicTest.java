package dev.darkroom.enhance;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.ImageHeader;
import dev.darkroom.image.file.Orientation;
import org.junit.jupiter.api.Test;

class MosaicTest {

    @Test
    void hasOneOpaqueChannelThatNoCodecHasBlended() {
        assertThatCode(() -> Mosaic.require(header(ImageFormat.TIFF, 1, false))).doesNotThrowAnyException();
        refuses(header(ImageFormat.PNG, 3, false), "colour");
        refuses(header(ImageFormat.PNG, 1, true), "alpha");
        refuses(header(ImageFormat.JPEG, 1, false), "JPEG");
    }

    private static void refuses(ImageHeader header, String reason) {
        assertThatExceptionOfType(UnfitImageException.class).isThrownBy(() -> Mosaic.require(header)).withMessageContaining(reason);
    }

    private static ImageHeader header(ImageFormat format, int channels, boolean alpha) {
        return new ImageHeader(format, 40, 30, channels, alpha, 8, Orientation.NONE);
    }
}
