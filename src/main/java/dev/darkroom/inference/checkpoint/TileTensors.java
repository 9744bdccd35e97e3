package dev.darkroom.inference.checkpoint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.darkroom.model.Manifest;
import java.nio.ByteBuffer;

/**
 * Interleaved bytes to network input and back, on the device: only bytes cross the bus.
 *
 * <p>Interleaved samples seen as N,C,H,W are channels-last memory, which is the layout the networks want.
 */
public final class TileTensors {
    private TileTensors() {}

    /** @return (N,C,H,W) in [0,1] */
    public static NDArray decode(NDManager manager, ByteBuffer samples, int tiles, TileShape shape) {
        return values(upload(manager, samples, tiles, shape), shape);
    }

    /** @return the samples on the manager's device, as bytes */
    public static NDArray upload(NDManager manager, ByteBuffer samples, int tiles, TileShape shape) {
        return manager.create(samples, new Shape(tiles, shape.height(), shape.width(), shape.channels() * (long) shape.bytesPerSample()),
                DataType.UINT8);
    }

    /** @return (N,C,H,W) in [0,1] */
    public static NDArray values(NDArray uploaded, TileShape shape) {
        NDArray raw = uploaded.toType(DataType.FLOAT32, false);
        NDArray values = shape.bytesPerSample() == 1
                ? raw.div(255f)
                : everySecond(raw, 0).addi(everySecond(raw, 1).muli(256f)).divi(65535f);
        return values.transpose(0, 3, 1, 2);
    }

    private static NDArray everySecond(NDArray bytes, int first) {
        Shape shape = bytes.getShape();
        return bytes.reshape(shape.get(0), shape.get(1), shape.get(2), shape.get(3) / 2, 2)
                .get(new NDIndex("..., {}", first)).duplicate();
    }

    /**
     * @param values (N,C,H,W); clipped to [0,1] and rounded
     * @return the interleaved samples, valid as long as the values' manager
     */
    public static ByteBuffer encode(NDArray values, int bytesPerSample) {
        return bytes(values, bytesPerSample).toByteBuffer(true);
    }

    /** The interleaved samples on the device. */
    public static NDArray bytes(NDArray values, int bytesPerSample) {
        NDArray interleaved = values.clip(0, 1).transpose(0, 2, 3, 1);
        if (bytesPerSample == 1) {
            return interleaved.mul(255f).round().toType(DataType.UINT8, false);
        }
        NDArray whole = interleaved.mul(65535f).round();
        NDArray high = whole.div(256f).floor();
        NDArray low = whole.sub(high.mul(256f));
        return NDArrays.stack(new NDList(low, high), 4).toType(DataType.UINT8, false);
    }

    /** What the network sees: its own value range, and as many channels as it takes. */
    public static NDArray toNetwork(NDArray x, Manifest manifest) {
        NDArray planes = x.getShape().get(1) == 1 && manifest.channels().in() == 3
                ? NDArrays.concat(new NDList(x, x, x), 1)
                : x;
        double low = manifest.range().low();
        double extent = manifest.range().high() - low;
        return low == 0 && extent == 1 ? planes : planes.mul(extent).add(low);
    }

    /**
     * Back to [0,1] and to as many channels as the restored picture has: a gray one is the mean of the network's three planes.
     */
    public static NDArray fromNetwork(NDArray y, Manifest manifest, int channels) {
        double low = manifest.range().low();
        double extent = manifest.range().high() - low;
        NDArray values = low == 0 && extent == 1 ? y : y.sub(low).div(extent);
        return channels == 1 && values.getShape().get(1) == 3 ? values.mean(new int[] {1}, true) : values;
    }
}
