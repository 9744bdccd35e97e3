package dev.darkroom.enhance;

import dev.darkroom.batching.Deadline;
import dev.darkroom.batching.DeadlineExceededException;
import dev.darkroom.image.Dimensions;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.ImageHeader;
import dev.darkroom.inference.checkpoint.TorchScriptCheckpoint;
import dev.darkroom.model.store.Lease;
import dev.darkroom.model.store.ModelNotReadyException;
import dev.darkroom.model.store.ModelStore;
import dev.darkroom.model.store.UnknownModelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.ToLongFunction;

/** The stages of one order, with the right to use their checkpoints until this is closed. */
record Stages(List<Stage> all) implements AutoCloseable, Iterable<Stage> {

    /**
     * One stage after another, each on what the one before it makes.
     *
     * @throws RuntimeException one of the store's typed failures if a checkpoint cannot be had; then none is held
     */
    static Stages oneAfterAnother(Order order, ModelStore<TorchScriptCheckpoint> store, Deadline deadline) {
        var stages = new Stages(new ArrayList<>());
        try {
            Dimensions size = order.size();
            for (StepRequest step : order.request().steps()) {
                stages.all.add(stage(step, order, size, store, deadline));
                size = step.of(size);
            }
            return stages;
        } catch (Throwable e) {
            stages.close();
            throw e;
        }
    }

    /** Every stage on the upload itself: one step by each of several checkpoints. */
    static Stages sideBySide(Order order, List<StepRequest> variants, ModelStore<TorchScriptCheckpoint> store, Deadline deadline) {
        var stages = new Stages(new ArrayList<>());
        try {
            for (StepRequest variant : variants) {
                Stage stage = stage(variant, order, order.size(), store, deadline);
                stages.all.add(stage);
                if (stages.all.stream().anyMatch(other -> other != stage && other.lease().id().equals(stage.lease().id()))) {
                    throw new EnhanceParameterException("model names %s twice".formatted(stage.lease().id()));
                }
            }
            return stages;
        } catch (Throwable e) {
            stages.close();
            throw e;
        }
    }

    private static Stage stage(StepRequest step, Order order, Dimensions size, ModelStore<TorchScriptCheckpoint> store, Deadline deadline) {
        Lease<TorchScriptCheckpoint> lease = leaseInTime(step, store, deadline);
        try {
            var stage = new Stage(step, size.width(), size.height(), lease, order.plan(step, lease.checkpoint(), size.width(), size.height()),
                    order.development(step));
            stage.checkLimits();
            return stage;
        } catch (Throwable e) {
            lease.close();
            throw e;
        }
    }

    /** What rests is loaded for it, so nobody may have it for whom it would be too late. */
    private static Lease<TorchScriptCheckpoint> leaseInTime(StepRequest step, ModelStore<TorchScriptCheckpoint> store, Deadline deadline) {
        requireTime(deadline);
        try {
            return lease(step, store, deadline);
        } catch (ModelNotReadyException e) {
            requireTime(deadline); // if that is what the waiting for others' loading ended with
            throw e;
        }
    }

    private static void requireTime(Deadline deadline) {
        if (deadline.hasPassed()) {
            throw new DeadlineExceededException();
        }
    }

    /** Of a checkpoint that enlarges as little as will do. */
    private static Lease<TorchScriptCheckpoint> lease(StepRequest step, ModelStore<TorchScriptCheckpoint> store, Deadline deadline) {
        List<Integer> scales = step.scalesOfNetworks();
        for (int scale : scales.subList(0, Math.max(0, scales.size() - 1))) {
            try {
                return store.acquire(step.task(), step.model(), OptionalInt.of(scale), deadline.remaining());
            } catch (UnknownModelException none) {
                // there may be one that enlarges more
            }
        }
        return store.acquire(step.task(), step.model(), scales.isEmpty() ? OptionalInt.empty() : OptionalInt.of(scales.get(scales.size() - 1)), deadline.remaining());
    }

    Stage first() {
        return all.get(0);
    }

    @Override
    public Iterator<Stage> iterator() {
        return all.iterator();
    }

    /** What is done for a stage, where there are several tasks behind the name of its own. */
    String label(Stage stage, Timing.Step step) {
        boolean oneTask = all.stream().map(each -> each.request().task()).distinct().count() == 1;
        return oneTask ? step.label() : stage.request().task().pathName() + "-" + step.label();
    }

    int tiles() {
        return all.stream().mapToInt(stage -> stage.plan().tiles().size()).sum();
    }

    /** Of the devices, all of them together, by calibration. */
    Duration time() {
        return all.stream().map(stage -> stage.plan().time()).reduce(Duration.ZERO, Duration::plus);
    }

    /** What is left for the devices when a stage is done. */
    Duration timeAfter(Stage stage) {
        return timeFrom(stage).minus(stage.plan().time());
    }

    /** What is left for the devices when a stage begins. */
    Duration timeFrom(Stage stage) {
        return new Stages(all.subList(all.indexOf(stage), all.size())).time();
    }

    long sum(ToLongFunction<Stage> what) {
        return all.stream().mapToLong(what).sum();
    }

    /**
     * The most that there is at a time, alpha included: pixels before and after a stage, or before and after they are made fewer, or, once
     * those before the last have gone, the answer's, what the encoder holds, and twice the file that is made of them, which it hands over as
     * a copy.
     */
    long bytesOneAfterAnother(Order order) {
        ImageHeader header = order.header();
        long most = 0;
        long before = header.decodedBytes();
        int channels = header.channels();
        for (Stage stage : all) {
            channels = stage.manifest().channels().restored(channels);
            long after = stage.restoredPixels() * bytesOfPixel(header, channels);
            most = Math.max(most, before + after + stage.bytesOfBlending(header.channels()));
            before = stage.answer().pixels() * bytesOfPixel(header, channels);
            most = Math.max(most, stage.isResampled() ? before + after : 0);
        }
        long pixels = order.framing().size().pixels();
        long answer = pixels * bytesOfPixel(header, channels);
        most = Math.max(most, order.isFramed() ? before + answer : 0);
        return Math.max(most, answer + order.encoding().coding().bytesHeld(pixels, channels) + 2 * mostFileBytes(order.format(), answer));
    }

    /** Noise at quality 100 has half as many bytes as its pixels; without loss as many. */
    private static long mostFileBytes(ImageFormat written, long pixelBytes) {
        return written == ImageFormat.PNG || written == ImageFormat.TIFF ? pixelBytes : pixelBytes / 2;
    }

    /** Of the largest answer's pixels, alpha included. */
    long bytesOfLargest(ImageHeader header) {
        return all.stream().mapToLong(stage -> stage.restoredPixels() * bytesOfPixel(header, stage.manifest().channels().restored(header.channels())))
                .max().orElseThrow();
    }

    /** What adding up overlapping tiles takes at most. */
    long bytesOfBlending(ImageHeader header) {
        return all.stream().mapToLong(stage -> stage.bytesOfBlending(header.channels())).max().orElseThrow();
    }

    private static long bytesOfPixel(ImageHeader header, int channels) {
        return (long) (channels + (header.alpha() ? 1 : 0)) * (header.bitsPerSample() > 8 ? 2 : 1);
    }

    @Override
    public void close() {
        all.forEach(Stage::close);
    }
}
