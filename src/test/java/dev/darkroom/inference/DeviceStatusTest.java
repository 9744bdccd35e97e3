package dev.darkroom.inference;

import static dev.darkroom.inference.DeviceStatus.State.LOST;
import static dev.darkroom.inference.DeviceStatus.State.STUCK;
import static dev.darkroom.inference.DeviceStatus.State.WORKING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.inference.DeviceStatus.State;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DeviceStatusTest {

    @Test
    void oneLostDeviceOfEightIsNoReasonForARestart() {
        assertThat(serve(LOST, WORKING, WORKING, WORKING, WORKING, WORKING, WORKING, WORKING)).isTrue();
        assertThat(serve(LOST, LOST, WORKING)).isTrue();
    }

    @Test
    void noneThatWorksIsOne() {
        assertThat(serve(LOST)).isFalse();
        assertThat(serve(LOST, LOST)).isFalse();
    }

    /** Its thread cannot be had back. */
    @Test
    void aStuckOneIsOneWhateverTheOthersDo() {
        assertThat(serve(STUCK)).isFalse();
        assertThat(serve(WORKING, STUCK)).isFalse();
        assertThat(serve(WORKING)).isTrue();
    }

    private static boolean serve(State... states) {
        return DeviceStatus.serve(Stream.of(states).map(state -> new DeviceStatus("cuda:0", state, Duration.ZERO, 1)).toList());
    }
}
