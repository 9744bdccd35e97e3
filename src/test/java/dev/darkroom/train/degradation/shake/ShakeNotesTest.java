package dev.darkroom.train.degradation.shake;

import dev.darkroom.estimate.shake.Shake;
import dev.darkroom.train.photo.Photograph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import static org.assertj.core.api.Assertions.assertThat;


class ShakeNotesTest {
    private static final Photograph FIRST = new Photograph("first.png", 1, 1, new byte[3]);
    private static final Photograph SECOND = new Photograph("second.png", 1, 1, new byte[3]);

    @TempDir
    private Path folder;

    @Test
    void findsWhatAnEarlierTrainingKept() {
        float[] estimate = estimate(0.25f);
        assertThat(new ShakeNotes(folder, List.of(FIRST)).keep(7, estimate)).isSameAs(estimate);

        assertThat(new ShakeNotes(folder, List.of(FIRST)).find(7)).hasValueSatisfying(found -> assertThat(found).containsExactly(estimate));
        assertThat(new ShakeNotes(folder, List.of(FIRST)).find(8)).isEmpty();
    }

    @Test
    void otherPhotographsHaveNotesOfTheirOwn() {
        new ShakeNotes(folder, List.of(FIRST)).keep(7, estimate(0.25f));

        assertThat(new ShakeNotes(folder, List.of(FIRST, SECOND)).find(7)).isEmpty();
    }

    @Test
    void overlooksAFileThatWasCutOff() throws IOException {
        var notes = new ShakeNotes(folder, List.of(FIRST));
        notes.keep(7, estimate(0.25f));
        try (var files = Files.walk(folder)) {
            Files.write(files.filter(Files::isRegularFile).findFirst().orElseThrow(), new byte[100]);
        }
        assertThat(notes.find(7)).isEmpty();
    }

    private static float[] estimate(float centre) {
        float[] estimate = new float[Shake.SIDE * Shake.SIDE];
        estimate[estimate.length / 2] = centre;
        return estimate;
    }
}
