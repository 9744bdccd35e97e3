package dev.darkroom.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class CropTest {
    private static final Crop CROP = Scenes.photographs(1, 9, 9).get(0).crop(0, 0, 9);

    @Test
    void hasEightDifferentOrientations() {
        var seen = new HashSet<List<Float>>();
        for (int symmetry = 0; symmetry < 8; symmetry++) {
            seen.add(boxed(CROP.turned(symmetry)));
        }
        assertThat(seen).hasSize(8).contains(boxed(CROP));
    }

    @Test
    void everyOrientationCanBeTurnedBack() {
        for (int symmetry = 0; symmetry < 8; symmetry++) {
            Crop turned = CROP.turned(symmetry);
            assertThat(List.of(0, 1, 2, 3, 4, 5, 6, 7)).anyMatch(back -> Arrays.equals(turned.turned(back).planes(), CROP.planes()));
        }
    }

    @Test
    void takesTheNamedPixelsAsPlanesFromZeroToOne() {
        byte[] rgb = new byte[3 * 4 * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (7 * i);
        }
        Crop crop = new Photograph("p", 4, 3, rgb).crop(1, 1, 2);

        assertThat(crop.planes()[0]).isEqualTo(7 * 15 / 255f);
        assertThat(crop.planes()[3]).isEqualTo(7 * 30 / 255f);
        assertThat(crop.planes()[4]).isEqualTo(7 * 16 / 255f);
        assertThat(crop.planes()[11]).isEqualTo(7 * 32 / 255f);
    }

    private static List<Float> boxed(Crop crop) {
        Float[] values = new Float[crop.planes().length];
        Arrays.setAll(values, i -> crop.planes()[i]);
        return List.of(values);
    }
}
