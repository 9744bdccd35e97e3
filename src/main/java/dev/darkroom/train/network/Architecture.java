package dev.darkroom.train.network;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.model.Manifest;
import dev.darkroom.model.Precision;
import dev.darkroom.model.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** An exported architecture's card, {@code architecture.json}: what a manifest says of the network before any training. */
public record Architecture(String name, List<Task> tasks, Manifest.Channels channels, Manifest.Range range, int scale,
        List<String> condition, int sizeMultiple, List<Integer> tiles, List<Precision> precisions, long parameters,
        int receptiveFieldRadius) {

    /** @throws TrainingException if the folder holds no architecture */
    public static Architecture read(Path folder) {
        Path card = folder.resolve("architecture.json");
        try {
            return new ObjectMapper().readValue(card.toFile(), Architecture.class);
        } catch (JacksonException e) {
            throw new TrainingException(card + " is not an architecture's card: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new TrainingException("cannot read " + card + ": " + e.getMessage(), e);
        }
    }
}
