package dev.darkroom.ops;

import dev.darkroom.batching.Capacity;
import dev.darkroom.enhance.EnhanceSettings;
import dev.darkroom.enhance.Halo;
import dev.darkroom.image.ImageLimits;
import dev.darkroom.inference.checkpoint.InferenceSettings;
import dev.darkroom.inference.device.Devices;
import dev.darkroom.memory.ProcessMemory;
import dev.darkroom.model.Precision;
import dev.darkroom.score.ScoreSettings;
import io.quarkus.runtime.configuration.MemorySize;
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

    /** Whether a person at a terminal reads what is printed: the launcher says so. */
    @WithDefault("false")
    boolean terminal();

    Inference inference();

    Limits limits();

    /** How checkpoints are run. */
    interface Inference {
        /** auto (every CUDA device, else the CPU), cpu, or cuda:0,cuda:1. */
        @WithDefault("auto")
        String device();

        /** float32, bfloat16 or float16; unset: the fastest that stays within 50 dB of float32. */
        Optional<Precision> precision();

        /** Cores that one operation uses on a CPU; 0: all, shared by the instances. */
        @WithDefault("0")
        int threads();

        /** How much of the checkpoints is in memory at a time, on each device, by the sizes of their files; the others rest until asked for. */
        @WithDefault("512M")
        MemorySize residentModels();

        /** Batches that run at a time on a device. */
        @WithDefault("1")
        int instances();

        /** Megapixels in a batch, at most. */
        @WithDefault("4")
        double batchMegapixels();

        /** How long a batch of several tiles may take by calibration; so long a small image may have to wait. */
        @WithDefault("250ms")
        Duration batchTime();

        /** How long a batch that is not full waits for more tiles. */
        @WithDefault("0ms")
        Duration delay();

        /** Of tiles of pictures of 8 bits: measured, as far as they change an answer visibly, or exact, as far as the network looks. */
        @WithDefault("measured")
        Halo halo();
    }

    /** What is accepted. */
    interface Limits {
        /** Longest side of an upload, in pixels. */
        @WithDefault("30000")
        int maxSide();

        /** Pixels of an upload, in millions. */
        @WithDefault("100")
        double maxMegapixels();

        /** How many times as many bytes as its file an image's pixels may have. */
        @WithDefault("1500")
        int maxExpansion();

        /** Colour profile, EXIF, XMP and the like in an upload. */
        @WithDefault("16M")
        MemorySize maxMetadata();

        /** Pixels of all admitted uploads together, in millions. */
        @WithDefault("400")
        double queueMegapixels();

        /** Memory of uploads, pixels and answers together; unset: what heap, buffers and networks leave of the container's, at most half. */
        Optional<MemorySize> queueMemory();

        /** Work that may wait, by the time it takes, when more is let in. */
        @WithDefault("1m")
        Duration backlog();

        /** After which a request is given up. */
        @WithDefault("2m")
        Duration timeout();

        /** Processes apart from the service in which pixels are decoded; 0: in the service itself. */
        @WithDefault("0")
        int decoderProcesses();

        /** Images decoded or encoded at a time; 0: as many as there are cores. */
        @WithDefault("0")
        int codecThreads();
    }

    Scoring scoring();

    /** How pictures are measured. */
    interface Scoring {
        /** After which a request is given up. */
        @WithDefault("4m")
        Duration timeout();

        /** Whether measuring waits as long as tiles do; else they take turns. */
        @WithDefault("false")
        boolean givesWay();
    }

    default InferenceSettings inferenceSettings() {
        return new InferenceSettings(inference().device(), inference().precision(), inference().threads(), inference().instances(),
                (long) (inference().batchMegapixels() * 1e6), inference().batchTime(), inference().delay());
    }

    default EnhanceSettings enhanceSettings() {
        int threads = limits().codecThreads() > 0 ? limits().codecThreads() : Math.max(2, Runtime.getRuntime().availableProcessors());
        return new EnhanceSettings(new ImageLimits(limits().maxSide(), limits().maxSide(), limits().maxMegapixels(),
                limits().maxExpansion(), limits().maxMetadata().asLongValue()),
                capacity(), limits().timeout(), threads, limits().decoderProcesses(), inference().halo());
    }

    default ScoreSettings scoreSettings() {
        EnhanceSettings enhance = enhanceSettings();
        return new ScoreSettings(enhance.limits(), enhance.capacity(), scoring().timeout(), Devices.names(inference().device()), enhance.decoderProcesses());
    }

    private Capacity capacity() {
        long bytes = limits().queueMemory().map(MemorySize::asLongValue).orElseGet(() -> ProcessMemory.ofThisProcess().forPictures());
        return new Capacity((long) (limits().queueMegapixels() * 1e6), bytes, limits().backlog());
    }
}
