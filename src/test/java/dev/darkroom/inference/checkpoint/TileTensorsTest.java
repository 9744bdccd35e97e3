package dev.darkroom.inference.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.darkroom.inference.TestCheckpoints;
import dev.darkroom.model.Manifest;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TileTensorsTest {
    private static final Manifest UNIT_RANGE = TestCheckpoints.manifest(TestCheckpoints.ID, TestCheckpoints.file("identity"),
            TestCheckpoints.UNIT, 0);
    private static final Manifest SIGNED_RANGE = TestCheckpoints.manifest(TestCheckpoints.ID, TestCheckpoints.file("identity"),
            new Manifest.Range(-1, 1), 0);

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void keepsEvery8BitValue(int channels) {
        roundTrip(new TileShape(16, 16, channels, 1), 1 << 8);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void keepsEvery16BitValue(int channels) {
        roundTrip(new TileShape(256, 256, channels, 2), 1 << 16);
    }

    /** Two tiles whose samples are every value there is, shuffled differently in each channel. */
    private void roundTrip(TileShape shape, int values) {
        ByteBuffer samples = ByteBuffer.allocateDirect(2 * shape.bytes());
        int factor = 2 * new Random(values).nextInt(values / 2) + 1;
        for (int i = 0; i < 2 * shape.pixels() * shape.channels(); i++) {
            int value = (i / shape.channels() * factor + 31 * (i % shape.channels())) % values;
            samples.put((byte) value);
            if (shape.bytesPerSample() == 2) {
                samples.put((byte) (value >> 8));
            }
        }
        samples.flip();

        NDArray x = TileTensors.decode(manager, samples, 2, shape);
        NDArray network = TileTensors.toNetwork(x, SIGNED_RANGE);
        ByteBuffer back = TileTensors.encode(TileTensors.fromNetwork(network, SIGNED_RANGE, shape.channels()), shape.bytesPerSample());

        assertThat(x.getShape()).isEqualTo(new Shape(2, shape.channels(), shape.height(), shape.width()));
        assertThat(network.getShape()).isEqualTo(new Shape(2, 3, shape.height(), shape.width()));
        assertThat(back.remaining()).isEqualTo(samples.rewind().remaining());
        assertThat(back.mismatch(samples)).isEqualTo(-1);
    }

    @Test
    void putsEachChannelInItsPlane() {
        var shape = new TileShape(1, 2, 3, 1);
        NDArray x = TileTensors.decode(manager, bytes(0, 51, 102, 153, 204, 255), 1, shape);

        assertThat(x.toFloatArray()).containsExactly(new float[] {0, 0.6f, 0.2f, 0.8f, 0.4f, 1}, within(1e-6f));
    }

    @Test
    void readsSixteenBitsLowByteFirst() {
        NDArray x = TileTensors.decode(manager, bytes(0x34, 0x12, 0xff, 0xff), 1, new TileShape(1, 2, 1, 2));

        assertThat(x.toFloatArray()).containsExactly(new float[] {0x1234 / 65535f, 1}, within(1e-7f));
    }

    @Test
    void stretchesToTheRangeOfTheNetwork() {
        NDArray x = manager.create(new float[] {0, 0.25f, 1}, new Shape(1, 3, 1, 1));

        assertThat(TileTensors.toNetwork(x, SIGNED_RANGE).toFloatArray()).containsExactly(-1, -0.5f, 1);
        assertThat(TileTensors.toNetwork(x, UNIT_RANGE).toFloatArray()).containsExactly(0, 0.25f, 1);
    }

    @Test
    void showsAGrayPictureInThreePlanesAndTakesTheirMean() {
        NDArray gray = manager.create(new float[] {0.25f}, new Shape(1, 1, 1, 1));
        NDArray answer = manager.create(new float[] {0, 0.5f, 1}, new Shape(1, 3, 1, 1));

        assertThat(TileTensors.toNetwork(gray, UNIT_RANGE).toFloatArray()).containsExactly(0.25f, 0.25f, 0.25f);
        assertThat(TileTensors.fromNetwork(answer, UNIT_RANGE, 1).toFloatArray()).containsExactly(0.5f);
        assertThat(TileTensors.fromNetwork(answer, UNIT_RANGE, 3).toFloatArray()).containsExactly(0, 0.5f, 1);
    }

    @Test
    void clipsAndRoundsWhatTheNetworkAnswers() {
        NDArray y = manager.create(new float[] {-3, 1.4f, 100.4f / 255, 100.6f / 255}, new Shape(1, 1, 1, 4));

        assertThat(TileTensors.encode(y, 1)).isEqualTo(bytes(0, 255, 100, 101));
        assertThat(TileTensors.encode(y.get("..., :2"), 2)).isEqualTo(bytes(0, 0, 255, 255));
    }

    private static ByteBuffer bytes(int... values) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(values.length);
        for (int value : values) {
            buffer.put((byte) value);
        }
        return buffer.flip();
    }
}
