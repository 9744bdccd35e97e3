package dev.darkroom.enhance;

import dev.darkroom.batching.Admission;
import dev.darkroom.batching.Deadline;
import dev.darkroom.batching.DeadlineExceededException;
import dev.darkroom.batching.Submission;
import dev.darkroom.estimate.Condition;
import dev.darkroom.estimate.picture.Picture;
import dev.darkroom.image.EncodeOptions;
import dev.darkroom.image.EncodedImage;
import dev.darkroom.image.Photo;
import dev.darkroom.image.Raster;
import dev.darkroom.image.tile.Tile;
import dev.darkroom.inference.checkpoint.TileShape;
import dev.darkroom.inference.checkpoint.TorchScriptCheckpoint;
import dev.darkroom.model.store.Lease;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** One image on its way: decode, estimate what the network wants to know of it, restore, encode. Whoever waits may cancel; then the work stops at the next tile. */
public final class Enhancement {
    /** Farther from what can be seen, hidden colours hardly count. */
    private static final int MAX_FILL_RADIUS = 32;

    private final Order order;
    private final TilePlan plan;
    private final Deadline deadline;
    private final Lease<TorchScriptCheckpoint> lease;
    private final Admission.Permit permit;
    private final Timing timing;
    private final Enhancer enhancer;
    private volatile boolean cancelled;
    private volatile Submission<?, ?> submission;
    private volatile Condition condition;
    private volatile long codecNanos;
    private volatile boolean grayInColour;
    private final AtomicInteger tilesLeft = new AtomicInteger();
    private CompletionStage<EnhanceResult> result;

    Enhancement(Order order, TilePlan plan, Deadline deadline, Lease<TorchScriptCheckpoint> lease, Admission.Permit permit,
            Timing timing, Enhancer enhancer) {
        this.order = order;
        this.plan = plan;
        this.deadline = deadline;
        this.lease = lease;
        this.permit = permit;
        this.timing = timing;
        this.enhancer = enhancer;
        tilesLeft.set(plan.tiles().size());
    }

    Enhancement start() {
        result = CompletableFuture.completedStage(order.upload())
                .thenApplyAsync(step(this::decode), enhancer.codecs())
                .thenApplyAsync(step(this::estimate), enhancer.codecs())
                .thenCompose(this::restore)
                .thenApplyAsync(step(this::encode), enhancer.codecs())
                .whenComplete((done, failure) -> release());
        return this;
    }

    public CompletionStage<EnhanceResult> result() {
        return result;
    }

    /** How long its steps took, of those that have ended. */
    public Timing timing() {
        return timing;
    }

    /**
     * How far it has come.
     *
     * @param tiles that have been restored
     * @param of    all tiles
     * @param left  the time that the others will take by calibration, as things are going; waiting for other requests not counted
     */
    public record Progress(int tiles, int of, Duration left) {}

    public Progress progress() {
        int of = plan.tiles().size();
        int left = tilesLeft.get();
        return new Progress(of - left, of, enhancer.engine().asThingsGo(plan.time()).multipliedBy(left).dividedBy(of));
    }

    public void cancel() {
        cancelled = true;
        Submission<?, ?> running = submission;
        if (running != null) {
            running.cancel();
        }
    }

    private Photo decode(ByteBuffer bytes) {
        long began = System.nanoTime();
        Photo photo = enhancer.decoder().decode(bytes);
        photo.fillTransparent(Math.max(1, Math.min(MAX_FILL_RADIUS, lease.manifest().receptiveFieldRadius())));
        Photo colours = photo.asGray();
        grayInColour = colours != photo;
        codecNanos = System.nanoTime() - began;
        timing.ended(Timing.Step.DECODE);
        return colours;
    }

    private Photo estimate(Photo photo) {
        long began = System.nanoTime();
        try {
            condition = Condition.of(lease.manifest().condition(), Picture.of(photo), order.known());
            long pixels = order.pixelsOfShake(lease.manifest());
            if (pixels > 0) {
                enhancer.shakePace().observe(pixels, System.nanoTime() - began);
            }
            timing.ended(Timing.Step.ESTIMATE);
            return photo;
        } catch (RuntimeException e) {
            photo.close();
            throw e;
        }
    }

    /** The rasters are freed and the checkpoint given back only when no device holds a tile any more. */
    private CompletionStage<Restored> restore(Photo photo) {
        Raster input = photo.pixels();
        if (condition.idle()) {
            timing.ended(Timing.Step.INFER);
            return CompletableFuture.completedStage(new Restored(photo, input));
        }
        var shape = new TileShape(input.height(), input.width(), input.channels(), input.bits() / 8).restoredBy(lease.manifest());
        Raster restored = input.blank(shape.width(), shape.height(), shape.channels());
        try {
            var work = enhancer.engine().submit(lease.checkpoint(), tiles(input, restored), deadline);
            submission = work;
            if (cancelled) {
                work.cancel();
            }
            var expiry = new CompletableFuture<Void>().completeOnTimeout(null, deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
            expiry.thenRun(work::expire);
            return work.released().thenCompose(idle -> work.completion()).handle((done, failure) -> {
                expiry.cancel(false);
                timing.ended(Timing.Step.INFER);
                timing.counted(work.tiles(), work.batches());
                input.close();
                return afterRestoring(photo, restored, failure);
            });
        } catch (RuntimeException e) {
            restored.close();
            photo.close();
            throw e;
        }
    }

    private static Restored afterRestoring(Photo photo, Raster restored, Throwable failure) {
        if (failure != null) {
            restored.close();
            photo.close();
            throw failure instanceof RuntimeException typed ? typed : new IllegalStateException(failure);
        }
        return new Restored(photo, restored);
    }

    private List<ImageTile> tiles(Raster input, Raster restored) {
        var waiting = new AtomicBoolean(true);
        Runnable onFirstRead = () -> {
            if (waiting.getAndSet(false)) {
                timing.ended(Timing.Step.QUEUE);
            }
        };
        List<Tile> tiles = plan.tiles();
        Runnable onWritten = () -> permit.left((double) tilesLeft.decrementAndGet() / tiles.size());
        float strength = (float) order.request().strength();
        return tiles.stream()
                .map(tile -> new ImageTile(tile, plan.mirroring(), input, restored, condition.values(), strength, onFirstRead, onWritten))
                .toList();
    }

    private EnhanceResult encode(Restored restored) {
        long began = System.nanoTime();
        try (restored; Photo photo = grayInColour ? restored.photo().threefold() : restored.photo()) {
            var options = new EncodeOptions(order.format(), order.request().quality(), order.request().metadata());
            EncodedImage image = enhancer.encoder().encode(photo, options);
            timing.ended(Timing.Step.ENCODE);
            enhancer.codecPace().observe(order.codedPixels(), codecNanos + System.nanoTime() - began);
            return new EnhanceResult(image, lease.id() + " sha256:" + lease.sha256(), lease.checkpoint().device(), condition, timing);
        }
    }

    /** Before each step: does anyone still wait? */
    private <A, B> Function<A, B> step(Function<A, B> step) {
        return input -> {
            RuntimeException stop = cancelled ? new CancellationException() : deadline.hasPassed() ? new DeadlineExceededException() : null;
            if (stop == null) {
                return step.apply(input);
            }
            if (input instanceof Restored restored) {
                restored.close();
            } else if (input instanceof Photo photo) {
                photo.close();
            }
            throw stop;
        };
    }

    /** The pixels that were restored, and the photo they came from, whose own are gone. */
    private record Restored(Photo original, Raster pixels) implements AutoCloseable {
        Photo photo() {
            return original.restoredAs(pixels);
        }

        @Override
        public void close() {
            original.close();
            pixels.close();
        }
    }

    private void release() {
        lease.close();
        permit.close();
    }
}
