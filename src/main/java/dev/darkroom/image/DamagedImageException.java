package dev.darkroom.image;

/** The bytes begin as a known format but are cut short or contradict themselves. */
public final class DamagedImageException extends ImageException {

    DamagedImageException(String message) {
        super(message);
    }

    DamagedImageException(String message, Throwable cause) {
        super(message, cause);
    }
}
