package dev.darkroom.estimate.jpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.darkroom.image.file.JpegCoding;
import dev.darkroom.train.degradation.JpegUploads;
import dev.darkroom.train.photo.JpegTraces.Chroma;
import dev.darkroom.train.photo.PhotoFile;
import dev.darkroom.train.photo.Planes;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Beside what real photographs have really lost. */
class JpegLossTest {

    @ParameterizedTest
    @CsvSource({"astronaut, 60", "astronaut, 80", "astronaut, 90", "astronaut, 95", "coffee, 60", "coffee, 80", "coffee, 90", "coffee, 95", "chelsea, 80", "chelsea, 90", "chelsea, 95"})
    void knowsWhatAFileHasLostWithoutThePictureItWasMadeOf(String name, int quality) {
        Planes clean = new PhotoFile(Path.of("docs/photographs", name + ".png")).read().whole();
        Planes file = JpegUploads.through(clean, quality, Chroma.FULL);

        assertThat(JpegLoss.psnrDb(file.picture(), new JpegCoding(quality, 0))).isEqualTo(clean.luma().psnrDb(file.luma()), offset(2.5));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "7, 200", "8, 8"})
    void givesASmallPictureTheBenefitOfTheDoubt(int width, int height) {
        Planes gray = Planes.black(3, height, width);

        assertThat(JpegLoss.psnrDb(gray.picture(), new JpegCoding(90, 1))).isGreaterThan(30);
    }
}
