package dev.darkroom.loss;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A restored picture and its reference on a device, for any number of measures, one after the other.
 *
 * <p>Both are float64 of shape (1,3,H,W) in [0,1]: samples over 255 or 65535, and gray as RGB with three equal channels,
 * which changes no mean over channels and is what networks of colour are shown. Not thread-safe.
 */
public final class Comparison implements AutoCloseable {

    private static final int STRIP_BYTES = 1 << 22;

    private final NDManager manager;
    private final NDArray restored;
    private final NDArray reference;

    /** @param device {@code cpu} or {@code cuda:N} */
    public Comparison(Samples restored, Samples reference, String device) {
        manager = NDManager.newBaseManager(device(device));
        try {
            this.restored = picture(restored);
            this.reference = picture(reference);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    /**
     * The value of a measure.
     *
     * @throws UnmeasurableException if the pictures do not fit the measure or the convention
     * @throws FeatureWeightsException if weights that it needs are not installed, or damaged
     */
    public double measure(Measure measure, Convention convention) {
        return measure.measure(restored, reference, convention)[0];
    }

    private static Device device(String name) {
        return name.equals("cpu") ? Device.cpu() : Device.gpu(Integer.parseInt(name.substring("cuda:".length())));
    }

    /** In strips, so that no buffer has to hold the whole picture. */
    private NDArray picture(Samples samples) {
        NDArray picture = manager.create(new Shape(1, 3, samples.height(), samples.width()), DataType.FLOAT64);
        int rows = Math.min(samples.height(), Math.max(1, STRIP_BYTES / samples.bytesPerRow()));
        ByteBuffer buffer = ByteBuffer.allocateDirect(rows * samples.bytesPerRow()).order(ByteOrder.nativeOrder());
        for (int top = 0; top < samples.height(); top += rows) {
            int bottom = Math.min(samples.height(), top + rows);
            samples.rows().read(top, bottom - top, buffer.clear());
            try (NDManager scope = manager.newSubManager()) {
                NDArray strip = strip(samples, bottom - top, buffer.flip(), scope);
                picture.set(new NDIndex().addAllDim(2).addSliceDim(top, bottom), strip);
            }
        }
        return picture;
    }

    /** Interleaved samples as (1,3,rows,W). */
    private static NDArray strip(Samples samples, int rows, ByteBuffer bytes, NDManager scope) {
        int bytesPerSample = samples.bits() / 8;
        NDArray raw = scope.create(bytes, new Shape(1, rows, samples.width(), samples.channels(), bytesPerSample), DataType.UINT8)
                .toType(DataType.FLOAT64, false);
        NDArray values = bytesPerSample == 1
                ? raw.squeeze(4).div(255)
                : raw.get("..., 0").add(raw.get("..., 1").mul(256)).div(65535); // the low byte comes first
        NDArray planes = values.transpose(0, 3, 1, 2);
        return samples.channels() == 3 ? planes : planes.broadcast(1, 3, rows, samples.width());
    }

    @Override
    public void close() {
        manager.close();
    }
}
