package dev.darkroom.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What Jazzer calls with inputs that it makes up by watching which code they reach: {@code ./darkroom fuzz guided}. */
public final class GuidedFuzz {
    private static Untrusted kind;

    private GuidedFuzz() {}

    /** @param arguments a kind of {@link Untrusted}, and the folder that gets its seeds */
    public static void fuzzerInitialize(String[] arguments) throws IOException {
        kind = Untrusted.valueOf(arguments[0]);
        Path corpus = Files.createDirectories(Path.of(arguments[1]));
        List<byte[]> seeds = kind.seeds();
        for (int i = 0; i < seeds.size(); i++) {
            Files.write(corpus.resolve("seed-" + i), seeds.get(i));
        }
    }

    public static void fuzzerTestOneInput(byte[] bytes) {
        kind.accepts(bytes);
    }
}
