package dev.darkroom.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every sample on its way to sRGB's tones and back. */
class ToneCurveTest {
    private static final Map<String, byte[]> PROFILES = Map.of("adobeRgb", Profiles.adobeRgb(), "proPhoto", Profiles.proPhoto(),
            "linear gray", Profiles.grayOfGamma(1), "gray of gamma 1.8", Profiles.grayOfGamma(1.8), "gray of gamma 2.6", Profiles.grayOfGamma(2.6));

    @ParameterizedTest
    @ValueSource(strings = {"adobeRgb", "proPhoto", "linear gray", "gray of gamma 1.8", "gray of gamma 2.6"})
    void givesBackEveryLevel(String name) {
        ToneCurve curve = ToneCurve.of(PROFILES.get(name)).orElseThrow();
        assertThat(largestDifference(curve, 8)).isZero();
        assertThat(largestDifference(curve, 16)).isLessThanOrEqualTo(4);
    }

    private static int largestDifference(ToneCurve curve, int bits) {
        int levels = 1 << bits;
        var stored = Pictures.buffer((long) levels * bits / 8);
        IntStream.range(0, levels).forEach(level -> {
            if (bits == 8) {
                stored.put((byte) level);
            } else {
                stored.putShort((short) level);
            }
        });
        var working = Pictures.buffer(2L * levels);
        curve.toWorking(stored.flip(), bits, working);
        var back = Pictures.buffer((long) levels * bits / 8);
        curve.toFile(working.flip(), back, bits);
        int[] samples = Pictures.samples(back.flip(), bits);
        return IntStream.range(0, levels).map(level -> Math.abs(samples[level] - level)).max().orElseThrow();
    }

    @Test
    void leavesTonesAloneThatCannotBeUndone() {
        assertThat(ToneCurve.of(Profiles.flatEnds())).isEmpty();
        assertThat(List.of(ToneCurve.of(Profiles.srgb()).isPresent(), ToneCurve.of(Arrays.copyOf(Profiles.srgb(), 200)).isPresent())).containsOnly(false);
    }
}
