package dev.darkroom.http;

/** A body that would have to be unpacked first, to who knows how many bytes. */
public final class EncodedUploadException extends RuntimeException {
    public EncodedUploadException(String encoding) {
        super("a body with the Content-Encoding %s is not read; send it as it is".formatted(encoding));
    }
}
