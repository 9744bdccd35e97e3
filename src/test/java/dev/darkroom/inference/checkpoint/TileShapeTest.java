package dev.darkroom.inference.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.inference.TestCheckpoints;
import dev.darkroom.model.Manifest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TileShapeTest {

    @ParameterizedTest
    @CsvSource({"3, 3, 3, 3", "3, 3, 1, 1", "1, 3, 1, 3", "1, 1, 1, 1"})
    void hasTheChannelsThatTheNetworkMakesOfThePictures(int in, int out, int channels, int restored) {
        Manifest network = TestCheckpoints.withChannels(TestCheckpoints.doubles(), in, out);
        assertThat(new TileShape(5, 7, channels, 2).restoredBy(network)).isEqualTo(new TileShape(10, 14, restored, 2));
    }
}
