package dev.darkroom.estimate.jpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.darkroom.image.file.JpegCoding;
import dev.darkroom.train.degradation.JpegUploads;
import dev.darkroom.train.photo.JpegTraces.Chroma;
import dev.darkroom.train.photo.PhotoFile;
import dev.darkroom.train.photo.Planes;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Beside what real photographs have really lost. */
class JpegLossTest {

    @ParameterizedTest
    @CsvSource({"astronaut, 60", "astronaut, 80", "astronaut, 90", "astronaut, 95", "coffee, 60", "coffee, 80", "coffee, 90", "coffee, 95", "chelsea, 80", "chelsea, 90", "chelsea, 95"})
    void knowsWhatAFileHasLostWithoutThePictureItWasMadeOf(String name, int quality) {
        Planes clean = new PhotoFile(Path.of("docs/photographs", name + ".png")).read().whole();
        Planes file = JpegUploads.through(clean, quality, Chroma.FULL);

        assertThat(JpegLoss.psnrDb(file.picture(), new JpegCoding(quality, 0))).isEqualTo(clean.luma().psnrDb(file.luma()), offset(2.5));
    }

    /** Where there is nothing to count, all numbers may be as far from the truth as their steps allow: such a file is restored. */
    @ParameterizedTest
    @CsvSource({"1, 1", "7, 200", "200, 7"})
    void expectsTheWorstOfAPictureWithoutAWholeBlock(int width, int height) {
        assertThat(JpegLoss.psnrDb(Planes.black(3, height, width).picture(), new JpegCoding(50, 1))).isBetween(20.0, 28.0);
    }

    /** As no encoder writes them, but anybody can. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535})
    void isANumberWhateverTheTablesSay(int step) {
        Planes file = new PhotoFile(Path.of("docs/photographs/coffee.png")).read().whole();

        assertThat(JpegLoss.psnrDb(file.picture(), new JpegCoding(1, 0, Collections.nCopies(64, step)))).isBetween(-10.0, 60.0);
    }

    /** A camera's own table, flatter than libjpeg's of the same sum. */
    @Test
    void takesTheFilesOwnSteps() {
        Planes clean = new PhotoFile(Path.of("docs/photographs/coffee.png")).read().whole();
        Planes file = JpegUploads.through(clean, 85, Chroma.FULL);
        var steps = JpegCoding.lumaSteps(85);
        double own = JpegLoss.psnrDb(file.picture(), new JpegCoding(85, 0, steps));
        double twice = JpegLoss.psnrDb(file.picture(), new JpegCoding(85, 0, steps.stream().map(step -> 2 * step).toList()));

        assertThat(twice).isLessThan(own - 1);
    }
}
