package dev.darkroom.enhance;

import dev.darkroom.batching.Work;
import dev.darkroom.estimate.Condition;
import dev.darkroom.image.file.ImageHeader;
import dev.darkroom.inference.InferenceEngine;
import java.time.Duration;

/** What orders ask of the service, by the pace of those that came through. */
final class Reckoning {
    /** To look for the JPEG file that a picture was, of whatever size: 10 to 26 ms on a core of an AMD EPYC (Zen 4), 2026-12-01. */
    private static final Duration SEEKING_FILE = Duration.ofMillis(25);
    /** To decode and to encode a pixel, between JPEG and PNG. */
    private final PixelPace codecPace = new PixelPace(20);
    /** Two seconds for the largest window on a core of 2 GHz. */
    private final PixelPace shakePace = new PixelPace(9000);
    private final InferenceEngine engine;
    private final EnhanceSettings settings;

    Reckoning(InferenceEngine engine, EnhanceSettings settings) {
        this.engine = engine;
        this.settings = settings;
    }

    PixelPace codecPace() {
        return codecPace;
    }

    PixelPace shakePace() {
        return shakePace;
    }

    /** Of reading the file's pixels. */
    Duration decoding(Order order) {
        return codecPace.of(order.header().pixels() / 2);
    }

    /** Of finding out what a stage's network wants to know. */
    Duration looking(Stage stage) {
        return codecPace.of(stage.pixels() / 2).plus(shakePace.of(stage.pixelsOfShake())).plus(seekingFile(stage));
    }

    private static Duration seekingFile(Stage stage) {
        return Condition.seeksFile(stage.manifest()) ? SEEKING_FILE : Duration.ZERO;
    }

    /** Of making the answer's file. */
    Duration encoding(Order order) {
        return codecPace.of(order.framing().size().pixels() / 2);
    }

    /**
     * Of stages one after another.
     *
     * @throws dev.darkroom.image.file.ImageTooLargeException if there would not be room for it if there were nothing else
     */
    Work oneAfterAnother(Order order, Stages stages) {
        Duration onCores = onCores(order.codedPixels(), stages.sum(Stage::pixelsOfShake), seekingFile(stages.first()));
        return settings.fitting(new Work(order.header().pixels(), stages.bytesOneAfterAnother(order), slower(stages, onCores)));
    }

    /**
     * Of stages on the same upload.
     *
     * @param copies of every result, as a file, that are held until the end; none is longer than its pixels
     */
    Work sideBySide(Order order, Stages stages, int copies) {
        ImageHeader header = order.header();
        int count = stages.all().size();
        long answer = order.framing().size().pixels();
        long coded = (header.pixels() + count * answer) / 2;
        Duration onCores = onCores(coded, stages.first().pixelsOfShake(), seekingFile(stages.first()));
        boolean resampled = order.isFramed() || stages.all().stream().anyMatch(Stage::isResampled);
        long bytes = header.decodedBytes() + stages.bytesOfBlending(header) + stages.bytesOfLargest(header) * (1 + (resampled ? 1 : 0) + (long) copies * count)
                + order.encoding().coding().bytesHeld(answer, header.channels());
        return new Work(header.pixels(), bytes, slower(stages, onCores));
    }

    /** Of all cores, where searches leave one to the others. */
    private Duration onCores(long codedPixels, long pixelsOfShake, Duration seekingFile) {
        int threads = settings.codecThreads();
        return codecPace.of(codedPixels).plus(seekingFile).dividedBy(threads).plus(shakePace.of(pixelsOfShake).dividedBy(Math.max(1, threads - 1)));
    }

    /** Devices and cores work at the same time, so the slower of the two decides how long much work takes. */
    private Duration slower(Stages stages, Duration onCores) {
        Duration onDevices = engine.asThingsGo(stages.time());
        return onDevices.compareTo(onCores) > 0 ? onDevices : onCores;
    }
}
