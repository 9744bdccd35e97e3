package dev.darkroom.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class KeyCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void printsALineThatTheServiceReadsAndAKeyThatItKnows() {
        assertThat(run("alice", "--roles", "admin,score", "--requests-per-minute", "60")).isZero();

        String secret = err.toString().lines().filter(line -> line.startsWith(ApiKey.PREFIX)).findFirst().orElseThrow();
        ApiKey key = ApiKeys.parse(List.of(out.toString().strip()), Allowance.UNLIMITED).find(secret).orElseThrow();
        assertThat(key.name()).isEqualTo("alice");
        assertThat(key.roles()).containsExactlyInAnyOrder(Role.ADMIN, Role.SCORE);
        assertThat(key.allowance()).isEqualTo(new Allowance(OptionalInt.of(60), OptionalInt.empty()));
        assertThat(out.toString()).doesNotContain(secret);
    }

    @Test
    void givesTheRolesOfAnOrdinaryCallerUnlessTold() {
        run("bob");
        assertThat(out.toString()).matches("bob sha256:[0-9a-f]{64} enhance,score\\s+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bad/name", "alice --roles=paint", "alice --concurrent-requests=0"})
    void refusesWhatTheServiceWouldNotRead(String arguments) {
        assertThat(run(arguments.split(" "))).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
    }

    private int run(String... arguments) {
        return new CommandLine(new KeyCommand()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
    }
}
