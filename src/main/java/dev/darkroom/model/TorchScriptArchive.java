package dev.darkroom.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Tells TorchScript from other files by its zip directory alone, before any engine opens it.
 *
 * <p>Nothing is decompressed; memory is bounded by the file's length. The layout is that of PyTorch's
 * {@code torch/csrc/jit/serialization}: one top folder with {@code data.pkl}, {@code constants.pkl} and {@code code/}.
 */
final class TorchScriptArchive {

    private static final byte[] ZIP = {'P', 'K', 3, 4};

    private TorchScriptArchive() {}

    /** @throws CheckpointRefusedException if the file is not TorchScript */
    static void check(Path file) {
        try {
            if (!startsAsZip(file)) {
                throw new CheckpointRefusedException("model.pt is not TorchScript: it is no zip archive");
            }
            List<String> names = names(file);
            if (names.stream().noneMatch(name -> name.matches("[^/]+/(data|constants)\\.pkl"))) {
                throw new CheckpointRefusedException("model.pt is not TorchScript: the archive has no data.pkl");
            }
            if (names.stream().noneMatch(name -> name.matches("[^/]+/code/.*"))) {
                throw new CheckpointRefusedException("model.pt is not TorchScript: the archive has no code");
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new CheckpointRefusedException("model.pt is not TorchScript: the archive is damaged", e);
        }
    }

    // The engine wants the archive at the first byte; ZipFile would forgive a header before it.
    private static boolean startsAsZip(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(ZIP.length), ZIP);
        }
    }

    private static List<String> names(Path file) throws IOException {
        try (var zip = new ZipFile(file.toFile())) {
            return zip.stream().map(ZipEntry::getName).toList();
        }
    }
}
