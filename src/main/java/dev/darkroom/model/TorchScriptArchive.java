package dev.darkroom.model;

import dev.darkroom.model.torchscript.DamagedArchiveException;
import dev.darkroom.model.torchscript.ForbiddenScriptException;
import dev.darkroom.model.torchscript.TorchScriptFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Tells TorchScript that only calculates from other files, before any engine opens it. */
public final class TorchScriptArchive {

    private static final byte[] ZIP = {'P', 'K', 3, 4};

    private TorchScriptArchive() {}

    /** @throws CheckpointRefusedException if the file is not TorchScript, or its code would do more than calculate */
    public static void check(Path file) {
        try {
            require(startsAsZip(file), "it is no zip archive");
            try (TorchScriptFile script = TorchScriptFile.open(file)) {
                require(script.hasData(), "the archive has no data.pkl");
                require(script.hasCode(), "the archive has no code");
                script.requireOnlyCalculates();
            }
        } catch (IOException | UncheckedIOException | DamagedArchiveException e) {
            throw new CheckpointRefusedException("model.pt is not TorchScript: the archive is damaged", e);
        } catch (ForbiddenScriptException e) {
            throw new CheckpointRefusedException("model.pt may not be loaded: " + e.getMessage(), e);
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new CheckpointRefusedException("model.pt is not TorchScript: " + otherwise);
        }
    }

    // The engine wants the archive at the first byte.
    private static boolean startsAsZip(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(ZIP.length), ZIP);
        }
    }
}
