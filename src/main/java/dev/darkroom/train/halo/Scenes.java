package dev.darkroom.train.halo;

import dev.darkroom.train.photo.Planes;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Made-up clean pictures that ask more of a network than most photographs: full contrast, no two places alike; the same for the same side. */
final class Scenes {
    private static final int CHANNELS = 3;
    private static final int SHAPES = 120;
    /** A line of writing, px. */
    private static final int LINE = 14;

    private Scenes() {}

    /** Squares of one side, (3,side,side) in [0,1]. */
    static List<Planes> of(int side) {
        return List.of(edges(side), writing(side), rings(side));
    }

    /** Rectangles, one over the other, in colours up to the brightest. */
    private static Planes edges(int side) {
        var random = new SplittableRandom(11);
        Planes scene = Planes.black(CHANNELS, side, side);
        for (int i = 0; i < SHAPES; i++) {
            int x = random.nextInt(side);
            int y = random.nextInt(side);
            fill(scene, x, y, 2 + random.nextInt(side / 4), 2 + random.nextInt(side / 4), color(random));
        }
        return scene;
    }

    /** Strokes in lines, dark on light and, in every third line, light on dark. */
    private static Planes writing(int side) {
        var random = new SplittableRandom(12);
        Planes scene = Planes.black(CHANNELS, side, side);
        for (int top = 0; top < side; top += LINE) {
            boolean dark = top / LINE % 3 == 2;
            float[] paper = dark ? new float[CHANNELS] : new float[] {1, 1, 1};
            float[] ink = dark ? new float[] {1, 1, 1} : new float[CHANNELS];
            fill(scene, 0, top, side, LINE, paper);
            for (int x = 2; x < side - LINE; x += 4 + random.nextInt(6)) {
                letter(scene, x, top + 3, ink, random);
            }
        }
        return scene;
    }

    private static void letter(Planes scene, int x, int top, float[] ink, RandomGenerator random) {
        int high = 5 + random.nextInt(4);
        int thick = 1 + random.nextInt(2);
        fill(scene, x, top, thick, high, ink);
        fill(scene, x, top + random.nextInt(high), 4 + random.nextInt(4), 1, ink);
        if (random.nextBoolean()) {
            fill(scene, x + 4, top, thick, high, ink);
        }
    }

    /** Rings that become narrower outwards, down to two pixels: every frequency in every direction. */
    private static Planes rings(int side) {
        Planes scene = Planes.black(CHANNELS, side, side);
        double middle = side / 2.0;
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                double square = (x - middle) * (x - middle) + (y - middle) * (y - middle);
                for (int channel = 0; channel < CHANNELS; channel++) {
                    set(scene, channel, x, y, (float) (0.5 + 0.5 * Math.cos(Math.PI * square / side + channel)));
                }
            }
        }
        return scene;
    }

    private static float[] color(RandomGenerator random) {
        return new float[] {level(random), level(random), level(random)};
    }

    private static float level(RandomGenerator random) {
        return Math.min(1, Math.max(0, random.nextFloat() * 1.4f - 0.2f));
    }

    private static void fill(Planes scene, int x, int y, int wide, int high, float[] color) {
        for (int row = y; row < Math.min(scene.height(), y + high); row++) {
            for (int column = x; column < Math.min(scene.width(), x + wide); column++) {
                for (int channel = 0; channel < CHANNELS; channel++) {
                    set(scene, channel, column, row, color[channel]);
                }
            }
        }
    }

    private static void set(Planes scene, int channel, int x, int y, float value) {
        scene.values()[(channel * scene.height() + y) * scene.width() + x] = value;
    }
}
