package dev.darkroom.train.degradation.shake;

import dev.darkroom.estimate.shake.Shake;
import dev.darkroom.model.Sha256;
import dev.darkroom.train.photo.Photograph;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Estimates of shakes on disk, a file each, for trainings that follow with the same photographs. Several processes may use a folder at
 * the same time: both find the same.
 */
final class ShakeNotes {
    private final Path folder;

    /** @param folder gets a folder for these photographs, known by their names and sizes */
    ShakeNotes(Path folder, List<Photograph> photographs) {
        String names = photographs.stream().map(photograph -> "%s %d %d".formatted(photograph.name(), photograph.width(), photograph.height()))
                .collect(Collectors.joining("\n"));
        this.folder = folder.resolve("shakes-" + Sha256.of(names.getBytes(StandardCharsets.UTF_8)).substring(0, 16));
    }

    /** A file that was cut off counts as none. Nothing tells which search left a file: whoever changes the search deletes the folder. */
    Optional<float[]> find(int number) {
        Path file = file(number);
        try {
            if (!Files.exists(file) || Files.size(file) != Shake.SIDE * Shake.SIDE * Float.BYTES) {
                return Optional.empty();
            }
            float[] estimate = new float[Shake.SIDE * Shake.SIDE];
            ByteBuffer.wrap(Files.readAllBytes(file)).asFloatBuffer().get(estimate);
            return Optional.of(estimate);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return the estimate */
    float[] keep(int number, float[] estimate) {
        ByteBuffer bytes = ByteBuffer.allocate(estimate.length * Float.BYTES);
        bytes.asFloatBuffer().put(estimate);
        try {
            Files.createDirectories(folder);
            Path partial = Files.createTempFile(folder, "shake", ".partial");
            Files.write(partial, bytes.array());
            Files.move(partial, file(number), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return estimate;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(int number) {
        return folder.resolve("%03d.f32".formatted(number));
    }
}
