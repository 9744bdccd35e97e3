package dev.darkroom.ops;

import dev.darkroom.enhance.EnhanceSettings;
import dev.darkroom.image.ImageLimits;
import dev.darkroom.inference.InferenceSettings;
import dev.darkroom.model.Precision;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** {@code darkroom.*}: what an operator can set; docs/configuration.md has the table. */
@ConfigMapping(prefix = "darkroom")
public interface DarkroomConfig {
    /** Folder of the checkpoints. */
    @WithDefault("model-store")
    Path modelStore();

    /** Whether POST /v1/models/reload is allowed, to everyone who reaches the port. */
    @WithDefault("false")
    boolean administration();

    Inference inference();

    Limits limits();

    /** How checkpoints are run. */
    interface Inference {
        /** auto, cpu or cuda:N. */
        @WithDefault("auto")
        String device();

        /** float32, bfloat16 or float16; unset: the fastest that stays within 50 dB of float32. */
        Optional<Precision> precision();

        /** Cores that one operation uses on a CPU; 0: all. */
        @WithDefault("0")
        int threads();

        /** Megapixels in a batch. */
        @WithDefault("1")
        double batchMegapixels();
    }

    /** What is accepted. */
    interface Limits {
        /** Longest side of an upload, in pixels. */
        @WithDefault("30000")
        int maxSide();

        /** Pixels of an upload, in millions. */
        @WithDefault("100")
        double maxMegapixels();

        /** Pixels of all admitted uploads together, in millions. */
        @WithDefault("400")
        double queueMegapixels();

        /** After which a request is given up. */
        @WithDefault("2m")
        Duration timeout();

        /** Images decoded or encoded at a time; 0: as many as there are cores. */
        @WithDefault("0")
        int codecThreads();
    }

    default InferenceSettings inferenceSettings() {
        return new InferenceSettings(inference().device(), inference().precision(), inference().threads(),
                (long) (inference().batchMegapixels() * 1e6));
    }

    default EnhanceSettings enhanceSettings() {
        int threads = limits().codecThreads() > 0 ? limits().codecThreads() : Math.max(2, Runtime.getRuntime().availableProcessors());
        return new EnhanceSettings(new ImageLimits(limits().maxSide(), limits().maxSide(), limits().maxMegapixels()),
                limits().queueMegapixels(), limits().timeout(), threads);
    }
}
