package dev.darkroom.image.container;

import dev.darkroom.image.container.graphic.BmpContainer;
import dev.darkroom.image.container.graphic.GifContainer;
import dev.darkroom.image.container.graphic.PngContainer;
import dev.darkroom.image.container.graphic.WebpContainer;
import dev.darkroom.image.container.heif.HeifContainer;
import dev.darkroom.image.container.jpeg.JpegContainer;
import dev.darkroom.image.container.tiff.TiffContainer;
import dev.darkroom.image.file.ByteReader;
import dev.darkroom.image.file.Container;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.UnsupportedImageException;
import java.util.Arrays;

/** Which container each format has. */
final class Containers {
    private static final Container PNG = new PngContainer();
    private static final Container JPEG = new JpegContainer();
    private static final Container WEBP = new WebpContainer();
    private static final Container TIFF = new TiffContainer();
    private static final Container BMP = new BmpContainer();
    private static final Container GIF = new GifContainer();
    private static final Container HEIC = new HeifContainer(false);
    private static final Container AVIF = new HeifContainer(true);

    private Containers() {}

    static Container of(ImageFormat format) {
        return switch (format) {
            case PNG -> PNG;
            case JPEG -> JPEG;
            case WEBP -> WEBP;
            case TIFF -> TIFF;
            case BMP -> BMP;
            case GIF -> GIF;
            case HEIC -> HEIC;
            case AVIF -> AVIF;
        };
    }

    /**
     * The format whose magic number a file begins with.
     *
     * @throws UnsupportedImageException if it begins with none
     */
    static ImageFormat recognise(ByteReader file) {
        return Arrays.stream(ImageFormat.values()).filter(format -> of(format).recognises(file)).findFirst()
                .orElseThrow(() -> new UnsupportedImageException(OtherFormat.of(file).map(OtherFormat::refusal)
                        .orElse("the bytes are not an image of a format that is read: PNG, JPEG, WebP, TIFF, HEIC, AVIF, GIF or BMP")));
    }
}
