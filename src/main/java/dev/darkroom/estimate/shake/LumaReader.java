package dev.darkroom.estimate.shake;

import dev.darkroom.estimate.picture.Picture;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A picture's brightness: BT.601's full-range luma of colours, gray as it is. */
record LumaReader(Picture picture) implements Shake.Reader {

    @Override
    public Luma read(int x, int y, int width, int height) {
        ByteBuffer samples = ByteBuffer.allocateDirect(picture.bytes(width * height)).order(ByteOrder.nativeOrder());
        picture.samples().read(x, y, width, height, samples);
        samples.flip();
        float[] values = new float[width * height];
        for (int i = 0; i < values.length; i++) {
            values[i] = picture.channels() == 1 ? next(samples) : 0.299f * next(samples) + 0.587f * next(samples) + 0.114f * next(samples);
        }
        return new Luma(width, height, values);
    }

    private float next(ByteBuffer samples) {
        return picture.bits() == 8 ? Byte.toUnsignedInt(samples.get()) / 255f : Short.toUnsignedInt(samples.getShort()) / 65535f;
    }
}
