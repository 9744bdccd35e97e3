package dev.darkroom.model.store;

import dev.darkroom.model.CheckpointId;
import dev.darkroom.model.CheckpointRefusedException;
import dev.darkroom.model.Manifest;
import dev.darkroom.model.ManifestException;
import dev.darkroom.model.Restraint;
import dev.darkroom.model.Sha256;
import dev.darkroom.model.TorchScriptArchive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Puts finished checkpoints into a store so that each appears whole or not at all, also after a crash.
 *
 * <p>Several publishers, also in other processes, may publish into one store at once.
 */
public final class CheckpointPublisher {

    private static final int MAX_ATTEMPTS = 100;

    private final Path root;

    public CheckpointPublisher(Path root) {
        this.root = root;
    }

    /**
     * Publishes a copy of the model as the version after the highest one there, with a manifest that says so.
     *
     * @param manifest its version and sha256 are replaced by the true ones
     * @throws CheckpointRefusedException if the model is not TorchScript
     * @throws ManifestException if the manifest breaks its schema
     * @throws UncheckedIOException if the store cannot be written
     */
    public CheckpointId publishNext(Manifest manifest, Path model) {
        for (int attempt = 1; ; attempt++) {
            try {
                return publish(manifest.describing(highestVersion(manifest) + 1, manifest.sha256()), model);
            } catch (VersionExistsException e) {
                // Another publisher took this version; normally there is a higher one now.
                if (attempt == MAX_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /**
     * Publishes a copy of the model as the version that the manifest names.
     *
     * @param manifest its sha256 is replaced by the true one
     * @throws VersionExistsException if the store has that version
     * @throws CheckpointRefusedException if the model is not TorchScript
     * @throws ManifestException if the manifest breaks its schema
     * @throws UncheckedIOException if the store cannot be written
     */
    public CheckpointId publish(Manifest manifest, Path model) {
        var target = new CheckpointDirectory(root, manifest.id());
        Path draft = target.lossFolder().resolve("." + manifest.version() + "-" + UUID.randomUUID() + ".tmp");
        try {
            Files.createDirectories(draft);
            write(manifest, model, draft);
            appear(draft, target);
            return manifest.id();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            discard(draft);
        }
    }

    /**
     * Puts results of an evaluation into a published checkpoint's manifest, in place of earlier ones for the same sets.
     *
     * @throws ManifestException if there is no such manifest, or it breaks its schema
     * @throws UncheckedIOException if it cannot be written
     */
    public void record(CheckpointId id, List<Manifest.Evaluation> results) {
        Path file = new CheckpointDirectory(root, id).manifestFile();
        Manifest manifest = Manifest.read(id, file);
        var others = manifest.evaluation().stream().filter(earlier -> results.stream().noneMatch(earlier::isOfTheSameAs));
        manifest.evaluated(Stream.concat(others, results.stream()).toList()).write(file);
    }

    /**
     * Puts what was measured of its halo into a published checkpoint's manifest.
     *
     * @throws ManifestException if there is no such manifest, or it breaks its schema
     * @throws UncheckedIOException if it cannot be written
     */
    public void record(CheckpointId id, Manifest.Halo halo) {
        Path file = new CheckpointDirectory(root, id).manifestFile();
        Manifest.read(id, file).with(halo).write(file);
    }

    /**
     * Puts what was measured of good files into a published checkpoint's manifest.
     *
     * @throws ManifestException if there is no such manifest, or it breaks its schema
     * @throws UncheckedIOException if it cannot be written
     */
    public void record(CheckpointId id, Restraint restraint) {
        Path file = new CheckpointDirectory(root, id).manifestFile();
        Manifest.read(id, file).with(restraint).write(file);
    }

    private static void write(Manifest manifest, Path model, Path draft) throws IOException {
        Path modelFile = Files.copy(model, draft.resolve("model.pt"));
        TorchScriptArchive.check(modelFile);
        Path manifestFile = draft.resolve("manifest.json");
        manifest.describing(manifest.version(), Sha256.of(modelFile)).write(manifestFile);
        Manifest.read(manifest.id(), manifestFile);
        sync(modelFile, StandardOpenOption.WRITE);
        sync(manifestFile, StandardOpenOption.WRITE);
    }

    private static void appear(Path draft, CheckpointDirectory target) throws IOException {
        if (Files.exists(target.path())) {
            throw new VersionExistsException(target.id());
        }
        syncFolder(draft);
        try {
            Files.move(draft, target.path(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (Files.exists(target.path())) {
                throw new VersionExistsException(target.id());
            }
            throw e;
        }
        syncFolder(target.lossFolder());
    }

    private int highestVersion(Manifest manifest) {
        if (Files.notExists(root)) {
            return 0;
        }
        return StoreScan.of(root).stream()
                .map(CheckpointDirectory::id)
                .filter(id -> id.task() == manifest.task() && id.loss().equals(manifest.loss()))
                .mapToInt(CheckpointId::version)
                .max()
                .orElse(0);
    }

    private static void sync(Path file, StandardOpenOption access) throws IOException {
        try (FileChannel channel = FileChannel.open(file, access)) {
            channel.force(true);
        }
    }

    private static void syncFolder(Path folder) {
        try {
            sync(folder, StandardOpenOption.READ);
        } catch (IOException e) {
            // Windows opens no folders; a rename there is journalled by the file system.
        }
    }

    private static void discard(Path draft) {
        try (Stream<Path> files = Files.exists(draft) ? Files.list(draft) : Stream.empty()) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.deleteIfExists(draft);
        } catch (IOException e) {
            // A name that starts with a dot is ignored by the store, so a leftover does no harm.
        }
    }
}
