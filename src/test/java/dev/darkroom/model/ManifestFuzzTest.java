package dev.darkroom.model;

import static dev.darkroom.model.store.Checkpoints.PDL_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.model.store.Checkpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestFuzzTest {

    @TempDir
    Path folder;

    @Test
    void acceptsOrRefusesButNeverFailsOtherwiseOnMutatedText() throws IOException {
        var random = new Random(20261122);
        Path file = folder.resolve("manifest.json");
        Checkpoints.manifest(PDL_1, "a".repeat(64)).write(file);
        byte[] sound = Files.readAllBytes(file);
        String json = new String(sound, UTF_8);
        String[] tokens = {"null", "-1", "1e999", "9223372036854775808", "[", "{", "\"", "true", "[[[[", "0.5", "\u0000"};
        int refused = 0;
        for (int round = 0; round < 3000; round++) {
            byte[] mutated = round % 2 == 0 ? flip(sound, random) : splice(json, tokens, random).getBytes(UTF_8);
            try {
                ManifestFormat.parse(PDL_1, mutated);
            } catch (ManifestException e) {
                assertThat(e.getMessage()).startsWith("denoise/pdl@1: manifest.json").hasSizeLessThan(400);
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(1500);
    }

    @Test
    void refusesDeepNestingWithoutExhaustingTheStack() {
        byte[] nested = "[".repeat(1_000_000).getBytes(UTF_8);

        assertThatExceptionOfType(ManifestException.class).isThrownBy(() -> ManifestFormat.parse(PDL_1, nested));
    }

    private static byte[] flip(byte[] sound, Random random) {
        byte[] bytes = sound.clone();
        for (int i = 0, flips = 1 + random.nextInt(4); i < flips; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private static String splice(String sound, String[] tokens, Random random) {
        int from = random.nextInt(sound.length());
        int to = Math.min(sound.length(), from + random.nextInt(12));
        return sound.substring(0, from) + tokens[random.nextInt(tokens.length)] + sound.substring(to);
    }
}
