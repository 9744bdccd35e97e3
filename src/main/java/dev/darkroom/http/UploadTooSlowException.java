package dev.darkroom.http;

import java.time.Duration;

/** The upload has not arrived in the time, or at the rate, that it is waited for. */
public final class UploadTooSlowException extends RuntimeException {
    private UploadTooSlowException(String message) {
        super(message);
    }

    public static UploadTooSlowException late(Duration timeout) {
        return new UploadTooSlowException("the upload has not arrived within %d seconds".formatted(timeout.toSeconds()));
    }

    public static UploadTooSlowException slow(long leastBytesPerSecond) {
        return new UploadTooSlowException("the upload comes with less than %d bytes a second".formatted(leastBytesPerSecond));
    }
}
