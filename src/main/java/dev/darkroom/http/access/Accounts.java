package dev.darkroom.http.access;

import dev.darkroom.http.AllowanceSpentException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;

/**
 * What every caller has used of their allowance.
 *
 * <ul>
 *   <li>A caller never has more requests running than allowed, nor sends more than allowed on average.
 *   <li>A request that is refused costs nothing.
 *   <li>Memory is bounded: beyond {@code most} accounts, those without running requests that were quiet longest are forgotten.
 * </ul>
 * Thread-safe.
 */
final class Accounts {
    private static final double MINUTE_NANOS = Duration.ofMinutes(1).toNanos();
    /** Of sums of shares of requests; less than a caller could gain from it in years. */
    private static final double ROUNDING = 1e-6;
    private static final Duration UNTIL_ONE_ENDS = Duration.ofSeconds(1);

    private final int most;
    private final LongSupplier nanoClock;
    private final Map<String, Account> accounts = new LinkedHashMap<>(16, 0.75f, true);

    Accounts(int most, LongSupplier nanoClock) {
        this.most = most;
        this.nanoClock = nanoClock;
    }

    private static final class Account {
        private double spent;
        private long asOfNanos;
        private int running;
    }

    /**
     * How a caller stands after asking.
     *
     * @param policy  value of {@code RateLimit-Policy}
     * @param rest    value of {@code RateLimit}
     * @param refusal empty if the request may go on; then it must be {@link #leave left}
     */
    record Standing(String policy, String rest, Optional<AllowanceSpentException> refusal) {}

    synchronized Standing enter(String name, Allowance allowance) {
        Account account = accounts.computeIfAbsent(name, unknown -> new Account());
        OptionalInt rate = allowance.requestsPerMinute();
        refill(account, rate);
        Optional<AllowanceSpentException> refusal = refusal(account, allowance);
        if (refusal.isEmpty()) {
            account.running++;
            account.spent += rate.isPresent() ? 1 : 0;
        }
        Standing standing = standing(account, allowance, refusal);
        forget();
        return standing;
    }

    synchronized void leave(String name) {
        accounts.get(name).running--;
    }

    private void refill(Account account, OptionalInt rate) {
        long now = nanoClock.getAsLong();
        account.spent = rate.isPresent() ? Math.max(0, account.spent - (now - account.asOfNanos) / MINUTE_NANOS * rate.getAsInt()) : 0;
        account.asOfNanos = now;
    }

    private static Optional<AllowanceSpentException> refusal(Account account, Allowance allowance) {
        OptionalInt rate = allowance.requestsPerMinute();
        OptionalInt concurrent = allowance.concurrentRequests();
        if (concurrent.isPresent() && account.running >= concurrent.getAsInt()) {
            return Optional.of(new AllowanceSpentException("%d of your requests are running, and no more may".formatted(account.running), UNTIL_ONE_ENDS));
        }
        if (rate.isPresent() && account.spent + 1 > rate.getAsInt() + ROUNDING) {
            Duration wait = time(account.spent + 1 - rate.getAsInt(), rate.getAsInt());
            return Optional.of(new AllowanceSpentException("you may send %d requests a minute".formatted(rate.getAsInt()), wait));
        }
        return Optional.empty();
    }

    /** As in draft-ietf-httpapi-ratelimit-headers-09. */
    private static Standing standing(Account account, Allowance allowance, Optional<AllowanceSpentException> refusal) {
        List<String> policy = new ArrayList<>();
        List<String> rest = new ArrayList<>();
        allowance.requestsPerMinute().ifPresent(rate -> {
            policy.add("\"rate\";q=%d;w=60".formatted(rate));
            rest.add("\"rate\";r=%d;t=%d".formatted((int) (rate - account.spent + ROUNDING), seconds(time(account.spent, rate))));
        });
        allowance.concurrentRequests().ifPresent(concurrent -> {
            policy.add("\"concurrent\";q=%d;qu=\"concurrent-requests\"".formatted(concurrent));
            rest.add("\"concurrent\";r=%d".formatted(Math.max(0, concurrent - account.running)));
        });
        return new Standing(String.join(", ", policy), String.join(", ", rest), refusal);
    }

    private static Duration time(double requests, int perMinute) {
        return Duration.ofNanos((long) Math.ceil(requests / perMinute * MINUTE_NANOS));
    }

    private static long seconds(Duration time) {
        return time.plusMillis(999).toSeconds();
    }

    private void forget() {
        var quietLongestFirst = accounts.values().iterator();
        while (accounts.size() > most && quietLongestFirst.hasNext()) {
            if (quietLongestFirst.next().running == 0) {
                quietLongestFirst.remove();
            }
        }
    }

    synchronized int size() {
        return accounts.size();
    }
}
