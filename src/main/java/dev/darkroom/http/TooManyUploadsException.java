package dev.darkroom.http;

import java.time.Duration;

/** What is still arriving, of one caller or of all, takes as much as uploads may before they are complete. */
public final class TooManyUploadsException extends RuntimeException {
    private static final Duration UNTIL_ONE_HAS_ARRIVED = Duration.ofSeconds(1);

    private TooManyUploadsException(String message) {
        super(message);
    }

    public static TooManyUploadsException ofACaller(int most) {
        return new TooManyUploadsException("%d of your uploads are still arriving, and no more may".formatted(most));
    }

    public static TooManyUploadsException memoryOfACaller(long mostBytes) {
        return new TooManyUploadsException("your uploads that are still arriving take %d bytes together, and no more may".formatted(mostBytes));
    }

    public static TooManyUploadsException memoryOfAll() {
        return new TooManyUploadsException("as many uploads are arriving as the service has memory for");
    }

    public Duration retryAfter() {
        return UNTIL_ONE_HAS_ARRIVED;
    }
}
