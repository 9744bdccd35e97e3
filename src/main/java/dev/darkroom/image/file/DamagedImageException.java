package dev.darkroom.image.file;

/** The bytes begin as a known format but are cut short or contradict themselves. */
public final class DamagedImageException extends ImageException {

    public DamagedImageException(String message) {
        super(message);
    }

    public DamagedImageException(String message, Throwable cause) {
        super(message, cause);
    }
}
