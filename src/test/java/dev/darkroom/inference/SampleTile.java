package dev.darkroom.inference;

import dev.darkroom.inference.checkpoint.TileShape;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A tile of samples in memory. */
class SampleTile implements TileWork {
    private final TileShape shape;
    private final float condition;
    private final float strength;
    private final int[] samples;
    /** What came back; null until then. */
    volatile int[] restored;

    /** @param samples interleaved, 0 to 255 or 65535 */
    SampleTile(TileShape shape, float condition, float strength, int... samples) {
        this.shape = shape;
        this.condition = condition;
        this.strength = strength;
        this.samples = samples;
    }

    /** A tile of one gray. */
    static SampleTile gray(int side, int value, float condition) {
        int[] samples = new int[side * side];
        Arrays.fill(samples, value);
        return new SampleTile(new TileShape(side, side, 1, 1), condition, 1, samples);
    }

    @Override
    public TileShape shape() {
        return shape;
    }

    @Override
    public float[] condition() {
        return Float.isNaN(condition) ? new float[0] : new float[] {condition};
    }

    @Override
    public float strength() {
        return strength;
    }

    @Override
    public void read(ByteBuffer buffer) {
        for (int sample : samples) {
            buffer.put((byte) sample);
            if (shape.bytesPerSample() == 2) {
                buffer.put((byte) (sample >> 8));
            }
        }
    }

    @Override
    public void write(ByteBuffer buffer) {
        int[] values = new int[buffer.remaining() / shape.bytesPerSample()];
        for (int i = 0; i < values.length; i++) {
            values[i] = buffer.get() & 0xff;
            if (shape.bytesPerSample() == 2) {
                values[i] |= (buffer.get() & 0xff) << 8;
            }
        }
        restored = values;
    }
}
