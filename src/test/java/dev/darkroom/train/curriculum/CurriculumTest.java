package dev.darkroom.train.curriculum;

import dev.darkroom.estimate.colour.ColorHistogram;
import dev.darkroom.estimate.shake.Shake;
import dev.darkroom.model.Task;
import dev.darkroom.train.Scenes;
import dev.darkroom.train.degradation.Degradation;
import dev.darkroom.train.degradation.Example;
import dev.darkroom.train.degradation.JpegUploads;
import dev.darkroom.train.degradation.NoisyMosaics;
import dev.darkroom.train.degradation.NoisyUploads;
import dev.darkroom.train.degradation.haze.Haze;
import dev.darkroom.train.photo.Excerpt;
import dev.darkroom.train.photo.Photograph;
import dev.darkroom.train.photo.Planes;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;


class CurriculumTest {
    private static final int SIDE = 48;
    private static final Photograph PHOTOGRAPH = Scenes.photographs(1, 150, 140).get(0);
    private static final Excerpt EXCERPT = new Excerpt(PHOTOGRAPH, 40, 40, SIDE, 3);

    @ParameterizedTest
    @EnumSource
    void showsExamplesThatFitTheArchitectureOfTheTask(Task task) {
        int scale = task == Task.SUPER_RESOLVE ? 4 : 1;
        Curriculum curriculum = Curriculum.of(task, scale);
        for (int seed = 0; seed < 20; seed++) {
            Example example = curriculum.training().apply(EXCERPT, new SplittableRandom(seed));
            fits(example, task, scale);
            assertThat(example.input().values()).isEqualTo(curriculum.training().apply(EXCERPT, new SplittableRandom(seed)).input().values());
        }
        assertThat(curriculum.validation()).isNotEmpty();
        curriculum.validation().values().forEach(degradation -> fits(degradation.apply(EXCERPT, new SplittableRandom(1)), task, scale));
    }

    private static void fits(Example example, Task task, int scale) {
        assertThat(example.target().channels()).isEqualTo(3);
        assertThat(example.target().width()).isEqualTo(SIDE);
        assertThat(example.input().channels()).isEqualTo(task == Task.DEMOSAIC ? 1 : 3);
        assertThat(example.input().height()).isEqualTo(SIDE / scale);
        int conditions = switch (task) {
            case DENOISE -> 5;
            case DEMOSAIC -> 1;
            case SUPER_RESOLVE, DEJPEG -> 2;
            case DEHAZE -> ColorHistogram.SUMMARY.size();
            case DEBLUR -> Shake.SIDE * Shake.SIDE;
        };
        assertThat(example.condition()).hasSize(conditions);
    }

    @ParameterizedTest
    @EnumSource(names = "DENOISE", mode = EnumSource.Mode.EXCLUDE)
    void showsInputsAsFilesHoldThem(Task task) {
        Degradation training = Curriculum.of(task, task == Task.SUPER_RESOLVE ? 2 : 1).training();
        for (int seed = 0; seed < 10; seed++) {
            for (float value : training.apply(EXCERPT, new SplittableRandom(seed)).input().values()) {
                assertThat(value * 255).isBetween(0f, 255f).isCloseTo(Math.round(value * 255), within(1e-3f));
            }
        }
    }

    @Test
    void recordsRedGreenGreenBlue() {
        Example example = NoisyMosaics.of(0).apply(EXCERPT, new SplittableRandom(1));
        Planes mosaic = example.input();

        assertThat(mosaic.get(0, 0, 0)).isEqualTo(example.target().get(0, 0, 0));
        assertThat(mosaic.get(0, 6, 7)).isEqualTo(example.target().get(1, 6, 7));
        assertThat(mosaic.get(0, 7, 6)).isEqualTo(example.target().get(1, 7, 6));
        assertThat(mosaic.get(0, 7, 7)).isEqualTo(example.target().get(2, 7, 7));
    }

    @Test
    void losesMoreToLowerQualities() {
        double[] psnr = new double[3];
        int[] qualities = {10, 20, 90};
        for (int i = 0; i < 3; i++) {
            psnr[i] = psnr(JpegUploads.of(qualities[i]).apply(EXCERPT, new SplittableRandom(1)));
        }
        assertThat(psnr).isSorted();
        assertThat(psnr[2]).isBetween(25.0, 60.0);
    }

    @Test
    void clipsStrongNoiseAsTheLiteratureDid() {
        // The projected distribution loss's Table 1 has 10.49 dB at sigma 100; unclipped noise would have 8.13 dB.
        assertThat(psnr(NoisyUploads.of(100).apply(EXCERPT, new SplittableRandom(1)))).isBetween(9.0, 11.0);
    }

    @Test
    void tellsTheDehazerOfTheWholePictureNotOfTheExcerpt() {
        Example here = new Haze().apply(EXCERPT, new SplittableRandom(5));
        Example there = new Haze().apply(new Excerpt(PHOTOGRAPH, 0, 0, SIDE, 0), new SplittableRandom(5));

        assertThat(here.condition()).isEqualTo(there.condition());
        assertThat(here.input().values()).isNotEqualTo(there.input().values());
    }

    private static double psnr(Example example) {
        double squares = 0;
        for (int i = 0; i < example.input().values().length; i++) {
            squares += Math.pow(example.input().values()[i] - example.target().values()[i], 2);
        }
        return -10 * Math.log10(squares / example.input().values().length);
    }
}
