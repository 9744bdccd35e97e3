package dev.darkroom.train.photo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.train.Scenes;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanesTest {
    private static final Planes SQUARE = Scenes.photographs(1, 9, 9).get(0).whole();

    @Test
    void hasEightDifferentOrientations() {
        var seen = new HashSet<List<Float>>();
        for (int symmetry = 0; symmetry < 8; symmetry++) {
            seen.add(boxed(SQUARE.turned(symmetry)));
        }
        assertThat(seen).hasSize(8).contains(boxed(SQUARE));
    }

    @Test
    void everyOrientationCanBeTurnedBack() {
        for (int symmetry = 0; symmetry < 8; symmetry++) {
            Planes turned = SQUARE.turned(symmetry);
            assertThat(List.of(0, 1, 2, 3, 4, 5, 6, 7)).anyMatch(back -> Arrays.equals(turned.turned(back).values(), SQUARE.values()));
        }
    }

    @Test
    void takesTheNamedPixelsAsPlanesFromZeroToOne() {
        byte[] rgb = new byte[3 * 4 * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (7 * i);
        }
        Planes crop = new Photograph("p", 4, 3, rgb).part(1, 1, 2, 2);

        assertThat(crop.values()[0]).isEqualTo(7 * 15 / 255f);
        assertThat(crop.values()[3]).isEqualTo(7 * 30 / 255f);
        assertThat(crop.values()[4]).isEqualTo(7 * 16 / 255f);
        assertThat(crop.values()[11]).isEqualTo(7 * 32 / 255f);
    }

    @Test
    void areMirroredAtTheirEdges() {
        Planes row = new Planes(1, 1, 3, new float[] {1, 2, 3});

        assertThat(row.extended(4).cut(0, 4, 11, 1).values()).containsExactly(3, 3, 2, 1, 1, 2, 3, 3, 2, 1, 1);
        assertThat(SQUARE.extended(5).trimmed(5).values()).isEqualTo(SQUARE.values());
    }

    @Test
    void keepTheSamplesOfTheirPart() {
        Planes part = SQUARE.cut(2, 3, 4, 5);

        assertThat(part.get(2, 4, 3)).isEqualTo(SQUARE.get(2, 7, 5));
        assertThat(part.get(0, 0, 0)).isEqualTo(SQUARE.get(0, 3, 2));
    }

    private static List<Float> boxed(Planes crop) {
        Float[] values = new Float[crop.values().length];
        Arrays.setAll(values, i -> crop.values()[i]);
        return List.of(values);
    }
}
