package dev.darkroom.enhance;

import dev.darkroom.model.Manifest;

/** Turns what is known of a request into what a checkpoint's manifest wants to be told. */
final class Condition {
    private Condition() {}

    static float[] of(Manifest manifest, double sigma255) {
        float[] values = new float[manifest.condition().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (manifest.condition().get(i)) {
                case "sigma/255" -> (float) (sigma255 / 255);
                default -> throw new IllegalStateException("unknown condition " + manifest.condition().get(i));
            };
        }
        return values;
    }
}
