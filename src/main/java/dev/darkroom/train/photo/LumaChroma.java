package dev.darkroom.train.photo;

/** BT.601's full-range luma, Cb and Cr, as JPEG files hold them, but about zero and not clipped. */
public final class LumaChroma {
    private LumaChroma() {}

    /** Of R, G and B (3,H,W). */
    public static Planes of(Planes rgb) {
        return mixed(rgb, 0.299f, 0.587f, 0.114f, -0.168736f, -0.331264f, 0.5f, 0.5f, -0.418688f, -0.081312f);
    }

    /** R, G and B of luma, Cb and Cr. */
    public static Planes rgb(Planes lumaChroma) {
        return mixed(lumaChroma, 1, 0, 1.402f, 1, -0.344136f, -0.714136f, 1, 1.772f, 0);
    }

    private static Planes mixed(Planes from, float... matrix) {
        int size = from.height() * from.width();
        float[] values = from.values();
        float[] mixed = new float[3 * size];
        for (int channel = 0; channel < 3; channel++) {
            for (int i = 0; i < size; i++) {
                mixed[channel * size + i] = matrix[3 * channel] * values[i] + matrix[3 * channel + 1] * values[i + size] + matrix[3 * channel + 2] * values[i + 2 * size];
            }
        }
        return from.with(mixed);
    }
}
