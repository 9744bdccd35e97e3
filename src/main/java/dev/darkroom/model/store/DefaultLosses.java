package dev.darkroom.model.store;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.darkroom.model.Task;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** {@code defaults.json}: the loss that serves a task when a caller names none. */
record DefaultLosses(Map<Task, String> byTask) {

    private static final Logger LOG = System.getLogger(DefaultLosses.class.getName());
    private static final JsonMapper JSON = new JsonMapper();

    static DefaultLosses none() {
        return new DefaultLosses(Map.of());
    }

    /** Reads the file of a store, which may have none; what is broken leaves the present defaults as they are. */
    static DefaultLosses read(Path root, DefaultLosses present) {
        try {
            byte[] json = Files.readAllBytes(root.resolve("defaults.json"));
            return new DefaultLosses(Map.copyOf(JSON.readValue(json, new TypeReference<Map<Task, String>>() {})));
        } catch (NoSuchFileException e) {
            return none();
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "keeping the default losses: defaults.json must map tasks to losses", e);
            return present;
        }
    }

    Optional<String> of(Task task) {
        return Optional.ofNullable(byTask.get(task));
    }
}
