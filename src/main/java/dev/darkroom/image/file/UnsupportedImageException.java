package dev.darkroom.image.file;

/** The bytes are no image, or one of a kind that cannot be read without losing what it shows. */
public final class UnsupportedImageException extends ImageException {

    UnsupportedImageException(String message) {
        super(message);
    }
}
