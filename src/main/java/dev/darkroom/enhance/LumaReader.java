package dev.darkroom.enhance;

import dev.darkroom.image.Raster;
import dev.darkroom.image.Region;
import dev.darkroom.shake.Luma;
import dev.darkroom.shake.Shake;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A raster's brightness: BT.601's full-range luma of colours, gray as it is. */
record LumaReader(Raster picture) implements Shake.Reader {

    @Override
    public Luma read(int x, int y, int width, int height) {
        var region = new Region(x, y, width, height);
        ByteBuffer samples = ByteBuffer.allocateDirect((int) picture.bytes(region)).order(ByteOrder.nativeOrder());
        picture.read(region, samples);
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
