package dev.darkroom.enhance;

import dev.darkroom.batching.Admission;
import dev.darkroom.batching.Deadline;
import dev.darkroom.batching.DeadlineExceededException;
import dev.darkroom.batching.Submission;
import dev.darkroom.image.EncodeOptions;
import dev.darkroom.image.EncodedImage;
import dev.darkroom.image.ImageHeader;
import dev.darkroom.image.Photo;
import dev.darkroom.image.Raster;
import dev.darkroom.image.Region;
import dev.darkroom.image.Tile;
import dev.darkroom.inference.TorchScriptCheckpoint;
import dev.darkroom.model.Lease;
import dev.darkroom.model.Manifest;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** One image on its way: decode, restore, encode. Whoever waits may cancel; then the work stops at the next tile. */
public final class Enhancement {
    private final ByteBuffer upload;
    private final ImageHeader header;
    private final EnhanceRequest request;
    private final Deadline deadline;
    private final Lease<TorchScriptCheckpoint> lease;
    private final Admission.Permit permit;
    private final Timing timing;
    private final Enhancer enhancer;
    private volatile boolean cancelled;
    private volatile Submission<?, ?> submission;
    private volatile double sigma255 = Double.NaN;
    private volatile long codecNanos;
    private CompletionStage<EnhanceResult> result;

    Enhancement(ByteBuffer upload, ImageHeader header, EnhanceRequest request, Deadline deadline,
            Lease<TorchScriptCheckpoint> lease, Admission.Permit permit, Timing timing, Enhancer enhancer) {
        this.upload = upload;
        this.header = header;
        this.request = request;
        this.deadline = deadline;
        this.lease = lease;
        this.permit = permit;
        this.timing = timing;
        this.enhancer = enhancer;
    }

    Enhancement start() {
        result = CompletableFuture.completedStage(upload)
                .thenApplyAsync(step(this::decode), enhancer.codecs())
                .thenCompose(this::restore)
                .thenApplyAsync(step(this::encode), enhancer.codecs())
                .whenComplete((done, failure) -> release());
        return this;
    }

    public CompletionStage<EnhanceResult> result() {
        return result;
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
        sigma255 = request.sigma255().orElseGet(() -> estimate(photo.pixels()));
        codecNanos = System.nanoTime() - began;
        timing.ended(Timing.Step.DECODE);
        return photo;
    }

    private static double estimate(Raster pixels) {
        return NoiseEstimator.sigma255(pixels.width(), pixels.height(), pixels.channels(), pixels.bits(),
                (x, y, width, height, samples) -> pixels.read(new Region(x, y, width, height), samples));
    }

    /** The rasters are freed and the checkpoint given back only when no device holds a tile any more. */
    private CompletionStage<Photo> restore(Photo photo) {
        Manifest manifest = lease.manifest();
        Raster noisy = photo.pixels();
        Raster restored = Raster.allocate(noisy.width() * manifest.scale(), noisy.height() * manifest.scale(), noisy.channels(), noisy.bits());
        try {
            var work = enhancer.engine().submit(lease.checkpoint(), tiles(manifest, noisy, restored), deadline);
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
                noisy.close();
                return afterRestoring(photo, restored, failure);
            });
        } catch (RuntimeException e) {
            restored.close();
            photo.close();
            throw e;
        }
    }

    private static Photo afterRestoring(Photo photo, Raster restored, Throwable failure) {
        if (failure != null) {
            restored.close();
            photo.close();
            throw failure instanceof RuntimeException typed ? typed : new IllegalStateException(failure);
        }
        return new Photo(restored, photo.alpha(), photo.metadata());
    }

    private List<ImageTile> tiles(Manifest manifest, Raster noisy, Raster restored) {
        float[] condition = Condition.of(manifest, sigma255);
        var waiting = new AtomicBoolean(true);
        Runnable onFirstRead = () -> {
            if (waiting.getAndSet(false)) {
                timing.ended(Timing.Step.QUEUE);
            }
        };
        List<Tile> tiles = TilePlan.of(lease.checkpoint(), noisy.width(), noisy.height()).tiles();
        var left = new AtomicInteger(tiles.size());
        Runnable onWritten = () -> permit.left((double) left.decrementAndGet() / tiles.size());
        return tiles.stream()
                .map(tile -> new ImageTile(tile, noisy, restored, manifest.scale(), condition, (float) request.strength(), onFirstRead, onWritten))
                .toList();
    }

    private EnhanceResult encode(Photo photo) {
        long began = System.nanoTime();
        try (photo) {
            var options = new EncodeOptions(request.format().orElse(header.format()), request.quality());
            EncodedImage image = enhancer.encoder().encode(photo, options);
            timing.ended(Timing.Step.ENCODE);
            enhancer.codecPace().observe(header.pixels(), codecNanos + System.nanoTime() - began);
            return new EnhanceResult(image, lease.id() + " sha256:" + lease.sha256(), lease.checkpoint().device(), sigma255, timing);
        }
    }

    /** Before each step: does anyone still wait? */
    private <A, B> Function<A, B> step(Function<A, B> step) {
        return input -> {
            RuntimeException stop = cancelled ? new CancellationException() : deadline.hasPassed() ? new DeadlineExceededException() : null;
            if (stop == null) {
                return step.apply(input);
            }
            if (input instanceof Photo photo) {
                photo.close();
            }
            throw stop;
        };
    }

    private void release() {
        lease.close();
        permit.close();
    }
}
