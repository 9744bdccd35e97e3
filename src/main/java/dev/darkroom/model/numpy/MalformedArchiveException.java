package dev.darkroom.model.numpy;

/** A file is damaged, or no archive of plain floating-point arrays. */
public final class MalformedArchiveException extends RuntimeException {

    MalformedArchiveException(String message) {
        super(message);
    }

    MalformedArchiveException(String message, Throwable cause) {
        super(message, cause);
    }
}
