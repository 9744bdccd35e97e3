package dev.darkroom.model.features;

import dev.darkroom.model.Sha256;
import dev.darkroom.model.numpy.MalformedArchiveException;
import dev.darkroom.model.numpy.NumpyArchive;
import dev.darkroom.model.pytorch.StateDictionary;
import dev.darkroom.model.pytorch.StateDictionaryException;
import dev.darkroom.model.pytorch.WeightTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.UUID;

/**
 * Puts published weights into a folder, each as one file that appears whole or not at all.
 *
 * <p>Nothing is read before its digest is the published file's, and nothing is installed unless the result's is the one
 * that the measures were checked with.
 */
final class FeatureInstaller {

    /** Brings a published file here. */
    interface Download {

        /** @throws FeatureInstallException if the source does not give it */
        void fetch(PublishedWeights weights, Path target) throws IOException;
    }

    private final Path folder;
    private final Download download;

    FeatureInstaller(Path folder, Download download) {
        this.folder = folder;
        this.download = download;
    }

    /** Whether the weights are there, undamaged. */
    boolean has(PublishedWeights weights) throws IOException {
        Path installed = folder.resolve(weights.installedFile());
        return Files.isRegularFile(installed) && Sha256.of(installed).equals(weights.sha256());
    }

    /**
     * Installs what its authors publish.
     *
     * @throws FeatureInstallException if that cannot be had, or is something else by now
     */
    void fromSource(PublishedWeights weights) throws IOException {
        Files.createDirectories(folder);
        Path file = draft(weights.file());
        try {
            download.fetch(weights, file);
            install(weights, published(weights, file));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /**
     * Installs from a folder that holds the published file or a NumPy archive of the same weights.
     *
     * @throws FeatureInstallException if it holds neither, or something else under such a name
     */
    void fromFolder(PublishedWeights weights, Path from) throws IOException {
        Files.createDirectories(folder);
        Path archive = from.resolve(weights.archive());
        Path original = from.resolve(weights.file());
        if (Files.isRegularFile(archive)) {
            install(weights, archived(weights, archive));
        } else if (Files.isRegularFile(original)) {
            install(weights, published(weights, original));
        } else {
            throw new FeatureInstallException("the folder has neither %s nor %s".formatted(weights.file(), weights.archive()));
        }
    }

    private static Map<String, WeightTensor> published(PublishedWeights weights, Path file) throws IOException {
        if (!Sha256.of(file).equals(weights.sourceSha256())) {
            throw new FeatureInstallException(weights.file() + " is not the published file: its sha256 is another");
        }
        try {
            return StateDictionary.read(file, weights::keeps, Catalogue.MODULE_CLASSES);
        } catch (StateDictionaryException e) {
            throw new FeatureInstallException(weights.file() + ": " + e.getMessage(), e);
        }
    }

    private static Map<String, WeightTensor> archived(PublishedWeights weights, Path file) {
        try {
            return NumpyArchive.read(file);
        } catch (MalformedArchiveException e) {
            throw new FeatureInstallException(weights.archive() + ": " + e.getMessage(), e);
        }
    }

    private void install(PublishedWeights weights, Map<String, WeightTensor> tensors) throws IOException {
        byte[] converted = Safetensors.bytes(weights.selected(tensors));
        if (!Sha256.of(converted).equals(weights.sha256())) {
            throw new FeatureInstallException("these are not the published weights of " + weights.id());
        }
        Path draft = draft(weights.installedFile());
        try {
            Files.write(draft, converted);
            Files.move(draft, folder.resolve(weights.installedFile()), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private Path draft(String file) {
        return folder.resolve("." + file + "-" + UUID.randomUUID() + ".tmp");
    }
}
