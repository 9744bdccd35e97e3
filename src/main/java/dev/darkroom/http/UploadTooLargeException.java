package dev.darkroom.http;

/** The upload has more bytes than are accepted. */
public final class UploadTooLargeException extends RuntimeException {
    public UploadTooLargeException(long limitBytes) {
        super("The upload has more than %d bytes, the most that are accepted.".formatted(limitBytes));
    }
}
