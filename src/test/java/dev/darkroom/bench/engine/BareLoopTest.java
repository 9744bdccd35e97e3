package dev.darkroom.bench.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.inference.TestCheckpoints;
import dev.darkroom.inference.checkpoint.TileShape;
import dev.darkroom.inference.checkpoint.TorchScriptCheckpoint;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BareLoopTest {
    private static final TileShape PIXEL_PAIR = new TileShape(1, 2, 3, 1);

    private final TorchScriptCheckpoint checkpoint = TestCheckpoints.load("brighten");
    private final BareLoop loop = new BareLoop(checkpoint, TestCheckpoints.FLOAT32);

    @AfterEach
    void close() {
        checkpoint.close();
    }

    @Test
    void restoresEveryTileOfABatch() {
        ByteBuffer samples = ByteBuffer.allocateDirect(3 * PIXEL_PAIR.bytes());
        for (int i = 0; i < samples.capacity(); i++) {
            samples.put(i, (byte) (10 * i));
        }
        byte[] restored = new byte[2 * PIXEL_PAIR.bytes()];

        loop.run(samples, 2, PIXEL_PAIR, new float[] {0.2f}, bytes -> bytes.get(restored));

        for (int i = 0; i < restored.length; i++) {
            assertThat(restored[i] & 0xff).isEqualTo(10 * i + 51);
        }
        assertThat(samples.position()).isZero();
    }

    @Test
    void recommendsBatchesWithinTheirLimit() {
        var shape = new TileShape(64, 64, 3, 1);
        assertThat((long) loop.recommendedTiles(shape) * shape.pixels())
                .isBetween((long) shape.pixels(), TestCheckpoints.FLOAT32.batchPixels());
    }
}
