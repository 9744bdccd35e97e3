package dev.darkroom.inference;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import dev.darkroom.inference.checkpoint.TorchScriptCheckpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeviceProbeTest {
    private final List<Duration> pauses = new ArrayList<>();
    private final TorchScriptCheckpoint checkpoint = TestCheckpoints.load("brighten");
    private final DeviceInstance instance = new DeviceInstance(Device.cpu(), new MemoryCaps(1000), 1, new ReentrantLock(), () -> {});
    private int failuresLeft;

    @AfterEach
    void close() {
        checkpoint.close();
    }

    @Test
    void aDeviceThatWorksIsAskedOnce() {
        assertThat(works(0)).isTrue();
        assertThat(pauses).containsExactly(Duration.ZERO);
    }

    /** What is short of memory may have some a moment later. */
    @Test
    void aDeviceThatFailsIsAskedAgainAfterAPauseAndALongerOne() {
        assertThat(works(2)).isTrue();
        assertThat(pauses).containsExactly(Duration.ZERO, Duration.ofMillis(100), Duration.ofSeconds(1));
    }

    @Test
    void threeFailuresAreEnough() {
        assertThat(works(3)).isFalse();
        assertThat(pauses).hasSize(3);
    }

    private boolean works(int failures) {
        failuresLeft = failures;
        DeviceHook hook = (device, precision, x, network) -> {
            if (failuresLeft-- > 0) {
                throw new EngineException("CUDA out of memory");
            }
            return network.get();
        };
        return new DeviceProbe(instance, hook, pause -> {
            pauses.add(pause);
            return false;
        }).deviceWorks(checkpoint.on(Device.cpu()));
    }
}
