package dev.darkroom.image.file;

/** The bytes are no image, or one of a kind that cannot be read without losing what it shows. */
public final class UnsupportedImageException extends ImageException {
    /** What to do about raw files that are not DNGs. */
    public static final String CONVERT_RAW = "convert it to DNG, which demosaic develops";

    public UnsupportedImageException(String message) {
        super(message);
    }
}
