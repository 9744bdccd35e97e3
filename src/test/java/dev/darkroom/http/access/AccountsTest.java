package dev.darkroom.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AccountsTest {
    private final AtomicLong now = new AtomicLong();
    private final Accounts accounts = new Accounts(4, now::get);

    @Test
    void givesEveryCallerTheirOwn() {
        assertThat(ask("a", rate(1))).isTrue();
        assertThat(ask("a", rate(1))).isFalse();
        assertThat(ask("b", rate(1))).isTrue();
    }

    @Test
    void letsASpentAllowanceGrowBack() {
        ask("a", rate(2));
        ask("a", rate(2));
        assertThat(accounts.enter("a", rate(2)).refusal().orElseThrow().retryAfter()).isEqualTo(Duration.ofSeconds(30));

        later(Duration.ofSeconds(29));
        assertThat(ask("a", rate(2))).isFalse();
        later(Duration.ofSeconds(1));
        assertThat(ask("a", rate(2))).isTrue();
    }

    @Test
    void keepsNobodyFromTryingAgainAtTheTimeItNames() {
        var random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            Allowance allowance = rate(1 + random.nextInt(100));
            var refusal = accounts.enter("a", allowance).refusal();
            if (refusal.isPresent()) {
                later(refusal.get().retryAfter());
                assertThat(ask("a", allowance)).isTrue();
            } else {
                accounts.leave("a");
            }
            later(Duration.ofMillis(random.nextInt(500)));
        }
    }

    @Test
    void neverAllowsMoreThanTheAllowanceInAMinute() {
        var random = new Random(11);
        int allowed = 0;
        Duration simulated = Duration.ofMinutes(60);
        while (now.get() < simulated.toNanos()) {
            allowed += ask("a", rate(30)) ? 1 : 0;
            later(Duration.ofMillis(random.nextInt(300)));
        }
        assertThat(allowed).isBetween(30 * 60 - 1, 30 * 60 + 30);
    }

    @Test
    void limitsWhatRunsAtATime() {
        Allowance two = new Allowance(OptionalInt.empty(), OptionalInt.of(2));
        assertThat(accounts.enter("a", two).refusal()).isEmpty();
        assertThat(accounts.enter("a", two).refusal()).isEmpty();
        assertThat(accounts.enter("a", two).refusal()).isPresent();
        accounts.leave("a");
        assertThat(accounts.enter("a", two).refusal()).isEmpty();
    }

    @Test
    void chargesNothingForARequestThatItRefuses() {
        Allowance allowance = new Allowance(OptionalInt.of(2), OptionalInt.of(1));
        accounts.enter("a", allowance);
        for (int i = 0; i < 10; i++) {
            assertThat(accounts.enter("a", allowance).refusal()).isPresent();
        }
        accounts.leave("a");
        assertThat(accounts.enter("a", allowance).refusal()).isEmpty();
    }

    @Test
    void forgetsThoseWhoWereQuietLongestAndNobodyWhoseRequestsRun() {
        Allowance one = new Allowance(OptionalInt.empty(), OptionalInt.of(1));
        accounts.enter("busy", one);
        for (int i = 0; i < 1000; i++) {
            ask("passer-by " + i, rate(1));
        }
        assertThat(accounts.size()).isEqualTo(4);
        assertThat(accounts.enter("busy", one).refusal()).isPresent();
        assertThat(ask("passer-by 999", rate(1))).isFalse();
    }

    private boolean ask(String name, Allowance allowance) {
        boolean allowed = accounts.enter(name, allowance).refusal().isEmpty();
        if (allowed) {
            accounts.leave(name);
        }
        return allowed;
    }

    private void later(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private static Allowance rate(int perMinute) {
        return new Allowance(OptionalInt.of(perMinute), OptionalInt.empty());
    }
}
