package dev.darkroom.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.codec.PixelDecoder;
import dev.darkroom.image.file.ImageException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Tampered pictures, blindly and by their grammar, through all that stands between an upload and an answer; rare kinds in the decoder's process. */
class HostileStructuresTest {
    private static final int INPUTS = Integer.getInteger("fuzz.inputs", 2000);
    private static final int TOLD_EVERY = 10_000;
    private static final int MOST_FAILURES = 50;
    private static final long SEED = Long.getLong("fuzz.seed", 20261123);

    @Test
    void areAnsweredOrRefusedIfPiecesAreWrong() {
        List<byte[]> seeds = SeedImages.sound();
        var grammar = new Grammar(seeds, new Random(SEED));
        assertThat(refused(grammar::next, INPUTS, "by their grammar")).isBetween(INPUTS / 10, INPUTS - INPUTS / 20);
    }

    @Test
    void areAnsweredOrRefusedIfBytesAreWrong() {
        var mutations = new Mutations(SeedImages.sound(), SEED);
        assertThat(refused(mutations::next, INPUTS / 2, "blindly")).isGreaterThan(INPUTS / 8);
    }

    private static int refused(Supplier<byte[]> files, int inputs, String how) {
        int refused = 0;
        var failures = new ArrayList<String>();
        try (PixelDecoder pixels = PixelDecoder.in(0)) {
            var restoring = new Restoring(pixels);
            for (int i = 0; i < inputs && failures.size() < MOST_FAILURES; i++) {
                byte[] file = files.get();
                try {
                    restoring.accept(file);
                } catch (ImageException e) {
                    refused++;
                } catch (Exception | Error e) {
                    failures.add("input %d of seed %d: %s%nat %s%n%s".formatted(i, SEED, e, e.getStackTrace()[0], Base64.getEncoder().encodeToString(file)));
                }
                if ((i + 1) % TOLD_EVERY == 0) {
                    System.out.printf("%d tampered with %s: %d refused, %d failures%n", i + 1, how, refused, failures.size());
                }
            }
        }
        System.out.printf("%d pictures tampered with %s: %d refused, %d failures%n", inputs, how, refused, failures.size());
        assertThat(failures).isEmpty();
        return refused;
    }
}
