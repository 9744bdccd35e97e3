package dev.darkroom.model.store;

import dev.darkroom.model.CheckpointRefusedException;
import dev.darkroom.model.Manifest;
import dev.darkroom.model.ManifestException;
import dev.darkroom.model.ManifestFormat;
import dev.darkroom.model.Sha256;
import dev.darkroom.model.TorchScriptArchive;
import java.io.IOException;

/**
 * A checkpoint on disk whose manifest was read.
 *
 * @param fingerprint the manifest's sha256; as the manifest holds the model's, it stands for both files
 */
record Candidate(CheckpointDirectory directory, Manifest manifest, String fingerprint) {

    /** @throws ManifestException if the manifest is broken */
    static Candidate read(CheckpointDirectory directory) {
        byte[] json = ManifestFormat.bytes(directory.id(), directory.manifestFile());
        return new Candidate(directory, ManifestFormat.parse(directory.id(), json), Sha256.of(json));
    }

    /** @throws CheckpointRefusedException if the model is not the file that the manifest describes, or not TorchScript */
    void verify() {
        if (!modelSha256().equals(manifest.sha256())) {
            throw new CheckpointRefusedException("model.pt does not have the sha256 of the manifest");
        }
        TorchScriptArchive.check(directory.modelFile());
    }

    /** Of the model file as it is now. */
    long bytes() {
        return directory.modelFile().toFile().length();
    }

    <C extends AutoCloseable> SharedCheckpoint<C> load(CheckpointLoader<C> loader) {
        return new SharedCheckpoint<>(this, loader.load(directory.id(), manifest, directory.modelFile()));
    }

    private String modelSha256() {
        try {
            return Sha256.of(directory.modelFile());
        } catch (IOException e) {
            throw new CheckpointRefusedException("model.pt cannot be read", e);
        }
    }
}
