package dev.darkroom.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.train.degradation.Example;
import dev.darkroom.train.degradation.NoisyUploads;
import dev.darkroom.train.photo.Excerpt;
import dev.darkroom.train.photo.Photograph;
import dev.darkroom.train.photo.Planes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a training step is shown. */
class ExamplesTest {
    private static final int SIDE = 32;

    @Test
    void followFromSeedAndStepAlone() {
        List<Photograph> photographs = Scenes.photographs(3, 60, 50);
        var sampler = new CropSampler(photographs, new NoisyUploads(), SIDE, 7);
        var same = new CropSampler(photographs, new NoisyUploads(), SIDE, 7);
        var other = new CropSampler(photographs, new NoisyUploads(), SIDE, 8);
        float[] fifth = sampler.batch(5, 2).get(1).input().values();

        assertThat(same.batch(5, 2).get(1).input().values()).isEqualTo(fifth);
        assertThat(sampler.batch(6, 2).get(1).input().values()).isNotEqualTo(fifth);
        assertThat(other.batch(5, 2).get(1).input().values()).isNotEqualTo(fifth);
    }

    @Test
    void fitIntoPhotographsThatAreNoLargerThanACrop() {
        var sampler = new CropSampler(Scenes.photographs(2, SIDE, SIDE), new NoisyUploads(), SIDE, 1);

        assertThat(sampler.batch(1, 50)).allMatch(example -> example.target().values().length == 3 * SIDE * SIDE);
    }

    @Test
    void areNoisyAsTheirConditionSays() {
        for (Example example : examples(200)) {
            double sigma = example.condition()[0];
            if (isGray(example) || isRounded(example)) {
                continue;
            }
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < example.input().values().length; i++) {
                double noise = example.input().values()[i] - example.target().values()[i];
                sum += noise;
                squares += noise * noise;
            }
            int count = example.input().values().length;
            assertThat(Math.sqrt(squares / count)).isCloseTo(sigma, within(0.06 * sigma + 1e-4));
            assertThat(sum / count).isCloseTo(0, within(5 * sigma / Math.sqrt(count) + 1e-6));
        }
    }

    @Test
    void areMixedAsDocumented() {
        List<Example> examples = examples(2000);
        assertThat(share(examples, ExamplesTest::isGray)).isCloseTo(0.1, within(0.02));
        assertThat(share(examples, ExamplesTest::isRounded)).isCloseTo(0.5, within(0.04));
        assertThat(share(examples, example -> example.condition()[0] == 100 / 255f)).isCloseTo(0.05, within(0.015));
        assertThat(examples).allMatch(example -> example.condition()[0] >= 0 && example.condition()[0] <= 100 / 255f);
    }

    @Test
    void thatCannotBeMadeEndTheTraining() throws Exception {
        try (var prefetch = new Prefetch(1, step -> {
            throw new IllegalStateException("step " + step);
        }, 1)) {
            assertThatThrownBy(prefetch::next).isInstanceOf(IllegalStateException.class).hasMessage("step 1");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void arriveInTheOrderOfTheirSteps(int threads) throws Exception {
        try (var prefetch = new Prefetch(4, step -> List.of(new Example(dot(step), dot(0))), threads)) {
            for (int step = 4; step < 20; step++) {
                assertThat(prefetch.next().get(0).input().values()[0]).isEqualTo(step);
            }
        }
    }

    private static List<Example> examples(int count) {
        var random = new SplittableRandom(3);
        var crop = new Excerpt(Scenes.photographs(1, SIDE, SIDE).get(0), 0, 0, SIDE, 0);
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            examples.add(new NoisyUploads().apply(crop, random));
        }
        return examples;
    }

    private static Planes dot(float value) {
        return new Planes(1, 1, 1, new float[] {value});
    }

    private static double share(List<Example> examples, java.util.function.Predicate<Example> of) {
        return (double) examples.stream().filter(of).count() / examples.size();
    }

    private static boolean isGray(Example example) {
        float[] values = example.input().values();
        int plane = values.length / 3;
        return Arrays.equals(values, 0, plane, values, plane, 2 * plane);
    }

    private static boolean isRounded(Example example) {
        for (float value : example.input().values()) {
            if (value < 0 || value > 1 || Math.abs(255 * value - Math.round(255 * value)) > 1e-3) {
                return false;
            }
        }
        return true;
    }
}
