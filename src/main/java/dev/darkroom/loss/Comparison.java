package dev.darkroom.loss;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.darkroom.loss.arithmetic.Pause;
import dev.darkroom.loss.measure.Convention;
import dev.darkroom.loss.measure.Measure;
import dev.darkroom.loss.measure.UnmeasurableException;
import dev.darkroom.loss.network.FeatureWeightsException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A restored picture and its reference, for any number of measures, one after the other.
 *
 * <p>Measures see RGB in [0,1], shape (1,3,H,W): samples over 255 or 65535, and gray as three equal channels, which changes
 * no mean over channels and is what networks of colour are shown. Pictures are put on the device as the first measure needs
 * them and stay there as long as others need them so; those that share convention and network should follow each other.
 * Not thread-safe.
 */
public final class Comparison implements AutoCloseable {

    private static final int STRIP_BYTES = 1 << 20;

    private final Samples restored;
    private final Samples reference;
    private final NDManager manager;
    private PreparedPair prepared;

    /**
     * @param restored valid until this is closed, as is the reference
     * @param device {@code cpu} or {@code cuda:N}
     */
    public Comparison(Samples restored, Samples reference, String device) {
        this.restored = restored;
        this.reference = reference;
        manager = NDManager.newBaseManager(device(device));
    }

    private static Device device(String name) {
        return name.equals("cpu") ? Device.cpu() : Device.gpu(Integer.parseInt(name.substring("cuda:".length())));
    }

    /**
     * The value of a measure.
     *
     * @throws UnmeasurableException if the pictures do not fit the measure or the convention
     * @throws FeatureWeightsException if weights that it needs are not installed, or damaged
     */
    public double measure(Measure measure, Convention convention) {
        if (prepared == null || !prepared.suits(measure, convention)) {
            forget();
            prepared = prepare(convention, measure.precision());
        }
        return prepared.value(measure);
    }

    private void forget() {
        if (prepared != null) {
            prepared.close();
            prepared = null;
        }
    }

    private PreparedPair prepare(Convention convention, DataType precision) {
        NDManager scope = manager.newSubManager();
        try {
            return new PreparedPair(convention, scope, picture(restored, convention, precision, scope),
                    picture(reference, convention, precision, scope));
        } catch (RuntimeException | Error e) {
            scope.close();
            throw e;
        }
    }

    /** In strips: the whole picture exists only in the precision that is wanted. */
    private static NDArray picture(Samples samples, Convention convention, DataType precision, NDManager owner) {
        int crop = convention.crop();
        Shape left = convention.cropped(new Shape(1, convention.channels(), samples.height(), samples.width()));
        NDArray picture = owner.create(left, precision);
        int rows = Math.min(samples.height(), Math.max(1, STRIP_BYTES / samples.bytesPerRow()));
        ByteBuffer buffer = ByteBuffer.allocateDirect(rows * samples.bytesPerRow()).order(ByteOrder.nativeOrder());
        for (int top = 0; top < left.get(2); top += rows) {
            Pause.take();
            int count = (int) Math.min(rows, left.get(2) - top);
            samples.rows().read(crop + top, count, buffer.clear());
            try (NDManager scope = owner.newSubManager()) {
                NDArray strip = strip(samples, count, buffer.flip(), scope)
                        .get(new NDIndex().addAllDim(3).addSliceDim(crop, crop + left.get(3)));
                picture.set(new NDIndex().addAllDim(2).addSliceDim(top, top + count), convention.values(strip).toType(precision, false));
            }
        }
        return picture;
    }

    /** Interleaved samples as (1,3,rows,W) in float64. */
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
