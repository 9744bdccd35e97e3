package dev.darkroom.loss.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatchGridTest {

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @CsvSource({"512, 512, 36, 49", "1024, 2048, 495, 544", "224, 224, 1, 1", "256, 256, 1, 4", "504, 504, 36, 36"})
    void semanticStatisticsSampleAPictureEveryFiftySixPixels(int height, int width, int fitting, int covering) {
        NDArray picture = manager.zeros(new Shape(1, 1, height, width));

        assertThat(PatchGrid.OF_D2SM.from(picture, 0, 0)).hasSize(fitting);
        assertThat(PatchGrid.OF_D2SM.covering(picture)).hasSize(covering)
                .allSatisfy(patch -> assertThat(patch.getShape()).isEqualTo(new Shape(1, 1, 224, 224)));
    }

    @Test
    void theLastPatchIsMovedInwardsToTheBorder() {
        NDArray picture = numbered(1, 8);

        List<NDArray> patches = new PatchGrid(3, 3).covering(picture);

        assertThat(patches.stream().map(NDArray::toDoubleArray))
                .containsExactly(new double[] {0, 1, 2}, new double[] {3, 4, 5}, new double[] {5, 6, 7});
    }

    @Test
    void goesThroughRowsFromTheTopLeft() {
        NDArray picture = numbered(4, 4);

        List<NDArray> patches = new PatchGrid(2, 2).covering(picture);

        assertThat(patches.stream().map(NDArray::toDoubleArray)).containsExactly(
                new double[] {0, 1, 4, 5}, new double[] {2, 3, 6, 7},
                new double[] {8, 9, 12, 13}, new double[] {10, 11, 14, 15});
    }

    @Test
    void aShortSideIsTakenWhole() {
        NDArray picture = manager.zeros(new Shape(2, 3, 100, 300));

        assertThat(PatchGrid.OF_PDL.covering(picture)).extracting(NDArray::getShape)
                .containsExactly(new Shape(2, 3, 100, 256), new Shape(2, 3, 100, 256));
    }

    @Test
    void aShiftedGridLeavesOutWhatDoesNotFit() {
        NDArray picture = numbered(1, 8);

        assertThat(new PatchGrid(1, 3).from(picture, 0, 1).stream().map(NDArray::toDoubleArray))
                .containsExactly(new double[] {1}, new double[] {4}, new double[] {7});
    }

    private NDArray numbered(int height, int width) {
        double[] numbers = new double[height * width];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i;
        }
        return manager.create(numbers, new Shape(1, 1, height, width));
    }
}
