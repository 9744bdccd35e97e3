package dev.darkroom.job;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How a caller wants to be answered (RFC 7240): {@code Prefer: respond-async, wait=10}.
 *
 * @param async          whether not to wait for the result
 * @param patience        how long to wait first all the same
 * @param idempotencyKey under which the same request, sent again, is the same job
 */
public record Preference(boolean async, Duration patience, Optional<String> idempotencyKey) {
    private static final int LONGEST_WAIT_SECONDS = 60;
    private static final int LONGEST_KEY = 255;

    /** @throws InvalidKeyException if the key is empty or too long */
    public static Preference of(List<String> prefer, String idempotencyKey) {
        List<String> wishes = prefer.stream().flatMap(header -> Arrays.stream(header.split("[,;]"))).map(String::strip).toList();
        int seconds = wishes.stream().filter(wish -> wish.matches("(?i)wait\\s*=\\s*[0-9]{1,6}"))
                .mapToInt(wish -> Integer.parseInt(wish.replaceAll("\\D", ""))).findFirst().orElse(0);
        if (idempotencyKey != null && (idempotencyKey.isBlank() || idempotencyKey.length() > LONGEST_KEY)) {
            throw new InvalidKeyException(LONGEST_KEY);
        }
        return new Preference(wishes.stream().anyMatch("respond-async"::equalsIgnoreCase),
                Duration.ofSeconds(Math.min(seconds, LONGEST_WAIT_SECONDS)), Optional.ofNullable(idempotencyKey));
    }
}
