package dev.darkroom.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tampered manifests, weights, images and forms in front of what reads them: read, or refused by a failure of their own, and nothing else. */
class HostileFilesTest {
    private static final int INPUTS = Integer.getInteger("fuzz.inputs", 2000) / 4;
    private static final long SEED = Long.getLong("fuzz.seed", 20261123);

    @ParameterizedTest
    @EnumSource
    void areReadOrRefused(Untrusted kind) throws IOException {
        var files = new Mutations(kind.seeds(), SEED);
        int refused = 0;
        for (int i = 0; i < INPUTS; i++) {
            try {
                refused += kind.accepts(files.next()) ? 0 : 1;
            } catch (RuntimeException e) {
                fail("input %d of seed %d".formatted(i, SEED), e);
            }
        }
        System.out.printf("%d hostile files read as %s: %d refused%n", INPUTS, kind, refused);
        assertThat(refused).isGreaterThan(INPUTS / 4);
    }
}
