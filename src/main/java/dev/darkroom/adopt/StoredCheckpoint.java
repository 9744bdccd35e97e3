package dev.darkroom.adopt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.model.CheckpointId;
import dev.darkroom.model.Manifest;
import dev.darkroom.model.Sha256;
import dev.darkroom.model.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NoSuchElementException;

/** A folder of another store: {@code model.pt} and its manifest. */
record StoredCheckpoint(Manifest manifest, Path model) {

    /** @throws AdoptionException if it has no such files, or the manifest is of another file */
    static StoredCheckpoint read(Path folder) throws IOException {
        Path file = folder.resolve("manifest.json");
        Path model = folder.resolve("model.pt");
        if (!Files.isRegularFile(file) || !Files.isRegularFile(model)) {
            throw new AdoptionException("the folder has no manifest.json and model.pt");
        }
        Manifest manifest = Manifest.read(id(file), file);
        if (!Sha256.of(model).equals(manifest.sha256())) {
            throw new AdoptionException("model.pt does not have the sha256 of the manifest");
        }
        return new StoredCheckpoint(manifest, model);
    }

    private static CheckpointId id(Path file) throws IOException {
        try {
            JsonNode json = new ObjectMapper().readTree(file.toFile());
            return new CheckpointId(Task.find(json.path("task").asText()).orElseThrow(), json.path("loss").asText(), json.path("version").asInt());
        } catch (JsonProcessingException | IllegalArgumentException | NoSuchElementException e) {
            throw new AdoptionException("manifest.json does not say which checkpoint this is", e);
        }
    }

    /** Under the name that was asked for. */
    Manifest manifest(Adoption.Wish wish) {
        if (wish.task() != manifest.task()) {
            throw new AdoptionException("its task is " + manifest.task());
        }
        return manifest.named(wish.name());
    }
}
