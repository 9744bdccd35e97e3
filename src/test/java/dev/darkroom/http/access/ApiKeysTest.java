package dev.darkroom.http.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {
    private static final String HASH = "sha256:" + "0".repeat(64);

    @Test
    void findsTheOwnerOfAKey() {
        String secret = ApiKey.secret();
        ApiKeys keys = ApiKeys.parse(List.of("# a comment", "", line("alice", ApiKey.secret()), line("bob", secret)), Allowance.UNLIMITED);

        assertThat(keys.find(secret).map(ApiKey::name)).contains("bob");
        assertThat(keys.find(secret.substring(1))).isEmpty();
        assertThat(keys.find("")).isEmpty();
    }

    /** How long it takes must not depend on whether, or where, a key is found: every key is compared, in constant time. */
    @ParameterizedTest
    @ValueSource(ints = {0, 4, 9, -1})
    void comparesWithEveryKeyWhicheverItIs(int owner) {
        List<String> secrets = IntStream.range(0, 10).mapToObj(i -> ApiKey.secret()).toList();
        List<byte[]> compared = new ArrayList<>();
        var keys = new ApiKeys(secrets.stream().map(secret -> ApiKey.of("k" + secrets.indexOf(secret), secret, Set.of(Role.SCORE), Allowance.UNLIMITED)).toList(),
                (known, presented) -> {
                    compared.add(known);
                    return MessageDigest.isEqual(known, presented);
                });

        Optional<ApiKey> found = keys.find(owner < 0 ? ApiKey.secret() : secrets.get(owner));

        assertThat(found.map(ApiKey::name)).isEqualTo(owner < 0 ? Optional.empty() : Optional.of("k" + owner));
        assertThat(compared).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void readsWhatEachMay() {
        ApiKeys keys = ApiKeys.parse(List.of(line("alice", "one") + " requests-per-minute=90 concurrent-requests=4", line("bob", "two")),
                new Allowance(OptionalInt.of(10), OptionalInt.empty()));

        assertThat(keys.find("one").orElseThrow().allowance()).isEqualTo(new Allowance(OptionalInt.of(90), OptionalInt.of(4)));
        assertThat(keys.find("two").orElseThrow().allowance()).isEqualTo(new Allowance(OptionalInt.of(10), OptionalInt.empty()));
        assertThat(keys.find("one").orElseThrow().roles()).containsExactlyInAnyOrder(Role.ENHANCE, Role.SCORE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "alice " + "sha256:12 enhance", "alice sha256:SECRET enhance", "al/ice H enhance", "alice H", "alice H paint",
        "alice H enhance speed=1", "alice H enhance requests-per-minute", "alice H enhance requests-per-minute=x",
        "alice H enhance concurrent-requests=0", "alice H enhance requests-per-minute=99999999999"})
    void refusesALineItCannotReadWithoutRepeatingIt(String line) {
        assertThatThrownBy(() -> ApiKeys.parse(List.of("# first", line.replace("H", HASH)), Allowance.UNLIMITED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("line 2 of the file of API keys: ")
                .hasMessageNotContainingAny("SECRET", HASH.substring(7));
    }

    @Test
    void refusesAFileWithoutKeysAndANameThatIsUsedTwice() {
        assertThatThrownBy(() -> ApiKeys.parse(List.of("# none"), Allowance.UNLIMITED)).hasMessageContaining("no key");
        assertThatThrownBy(() -> ApiKeys.parse(List.of(line("a", "1"), line("a", "2")), Allowance.UNLIMITED)).hasMessageContaining("line 2");
    }

    @Test
    void makesKeysThatNobodyGuessesAndScannersRecognise() {
        List<String> secrets = IntStream.range(0, 1000).mapToObj(i -> ApiKey.secret()).toList();
        assertThat(secrets).doesNotHaveDuplicates().allMatch(secret -> secret.matches("dk_[A-Za-z0-9_-]{43}"));
    }

    @Test
    void printsNoHash() {
        assertThat(ApiKey.of("alice", "secret", Set.of(Role.ADMIN), Allowance.UNLIMITED)).hasToString("alice [admin]");
    }

    private static String line(String name, String secret) {
        return ApiKey.of(name, secret, Set.of(Role.ENHANCE, Role.SCORE), Allowance.UNLIMITED).line();
    }
}
