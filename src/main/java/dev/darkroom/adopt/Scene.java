package dev.darkroom.adopt;

import dev.darkroom.train.photo.Planes;
import java.util.SplittableRandom;

/** A made-up picture with what networks look at: gradients, edges and textures from coarse to fine, in colour. */
final class Scene {
    private static final int SHAPES = 40;
    private static final double TEXTURE = 0.12;

    private Scene() {}

    /** The same for the same size. */
    static Planes of(int channels, int height, int width) {
        var random = new SplittableRandom(7);
        Planes scene = Planes.black(channels, height, width);
        for (int i = 0; i < SHAPES; i++) {
            rectangle(scene, random);
        }
        texture(scene, random);
        return scene;
    }

    private static void rectangle(Planes scene, SplittableRandom random) {
        int left = random.nextInt(scene.width());
        int top = random.nextInt(scene.height());
        int right = Math.min(scene.width(), left + 4 + random.nextInt(Math.max(1, scene.width() / 2)));
        int bottom = Math.min(scene.height(), top + 4 + random.nextInt(Math.max(1, scene.height() / 2)));
        double slope = random.nextDouble(-0.004, 0.004);
        for (int channel = 0; channel < scene.channels(); channel++) {
            double level = random.nextDouble(0.15, 0.85);
            for (int y = top; y < bottom; y++) {
                for (int x = left; x < right; x++) {
                    set(scene, channel, y, x, level + slope * (x - left));
                }
            }
        }
    }

    private static void texture(Planes scene, SplittableRandom random) {
        for (int wave = 0; wave < 6; wave++) {
            double across = random.nextDouble(0.02, 1.5);
            double down = random.nextDouble(0.02, 1.5);
            for (int channel = 0; channel < scene.channels(); channel++) {
                for (int y = 0; y < scene.height(); y++) {
                    for (int x = 0; x < scene.width(); x++) {
                        set(scene, channel, y, x, scene.get(channel, y, x) + TEXTURE / 6 * Math.sin(across * x + down * y + channel));
                    }
                }
            }
        }
    }

    private static void set(Planes scene, int channel, int y, int x, double value) {
        scene.values()[(channel * scene.height() + y) * scene.width() + x] = (float) Math.min(1, Math.max(0, value));
    }
}
