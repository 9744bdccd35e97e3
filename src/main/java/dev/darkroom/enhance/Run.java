package dev.darkroom.enhance;

import dev.darkroom.batching.Deadline;
import dev.darkroom.batching.DeadlineExceededException;
import dev.darkroom.batching.Standing;
import dev.darkroom.batching.Submission;
import dev.darkroom.cores.Share;
import dev.darkroom.estimate.Condition;
import dev.darkroom.estimate.Findings;
import dev.darkroom.image.Blend;
import dev.darkroom.image.Raster;
import dev.darkroom.image.develop.Development;
import dev.darkroom.image.tile.Tile;
import dev.darkroom.inference.InferenceEngine;
import dev.darkroom.inference.checkpoint.TileShape;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleConsumer;

/** What the stages of one request have in common: whether anyone still waits, until when, and how far they have come. */
final class Run {
    private final Stages stages;
    private final Standing standing;
    private final Deadline deadline;
    private final InferenceEngine engine;
    private final Share cores;
    private final DoubleConsumer onLeft;
    private final AtomicInteger tilesDone = new AtomicInteger();
    private final AtomicLong nanosDone = new AtomicLong();
    private volatile boolean cancelled;
    private volatile Submission<?, ?> submission;

    /** @param onLeft told the share of the devices' work that is still to be done, 0 to 1 */
    Run(Stages stages, Standing standing, Deadline deadline, InferenceEngine engine, Share cores, DoubleConsumer onLeft) {
        this.stages = stages;
        this.standing = standing;
        this.deadline = deadline;
        this.engine = engine;
        this.cores = cores;
        this.onLeft = onLeft;
    }

    /** The work stops at the next tile. */
    void cancel() {
        cancelled = true;
        Submission<?, ?> running = submission;
        if (running != null) {
            running.cancel();
        }
        cores.giveUp();
    }

    /**
     * Where something of about this length is done that no device does.
     *
     * @param following what the devices are given to do after it
     */
    Executor core(Duration expected, Duration following) {
        return cores.expecting(expected, engine.asThingsGo(following));
    }

    Deadline deadline() {
        return deadline;
    }

    /** How long anyone still waits. */
    Duration patience() {
        return deadline.remaining();
    }

    /** @throws RuntimeException if nobody waits any more */
    void requireSomeoneWaits() {
        if (cancelled) {
            throw new CancellationException();
        }
        if (deadline.hasPassed()) {
            throw new DeadlineExceededException();
        }
    }

    Progress progress() {
        var left = Duration.ofNanos((long) (share() * stages.time().toNanos()));
        return new Progress(Math.min(tilesDone.get(), stages.tiles()), stages.tiles(), engine.asThingsGo(left));
    }

    private double share() {
        return Math.max(0, 1 - (double) nanosDone.get() / Math.max(1, stages.time().toNanos()));
    }

    /**
     * What a stage's checkpoint wants to know, found out of the picture that there is by then.
     *
     * @param pace learns how long it takes to look for a shake
     */
    Condition estimate(Stage stage, Findings findings, Timing timing, PixelPace pace) {
        if (stage.isLeftOut()) {
            return Condition.NONE;
        }
        long began = System.nanoTime();
        boolean sought = findings.shakeIfSought().isPresent();
        Condition condition = Condition.of(stage.manifest(), findings);
        if (!sought && stage.pixelsOfShake() > 0) {
            pace.observe(stage.pixelsOfShake(), System.nanoTime() - began);
        }
        timing.ended(stages.label(stage, Timing.Step.ESTIMATE));
        return condition;
    }

    /**
     * Restores a raster, which stays open.
     *
     * @return once no device holds a tile any more
     */
    CompletionStage<Restored> restore(Stage stage, Raster input, Condition condition, Timing timing) {
        List<Tile> tiles = stage.plan().tiles();
        if (stage.isIdle(condition)) {
            done(stage, tiles.size());
            timing.ended(stages.label(stage, Timing.Step.INFER));
            return CompletableFuture.completedStage(new Restored(stage.development()
                    .map(development -> developed(stage, development, input, input.blank(input.width(), input.height(), input.channels()), timing)), OptionalDouble.empty()));
        }
        var shape = new TileShape(input.height(), input.width(), input.channels(), input.bits() / 8).restoredBy(stage.manifest());
        var canvas = Canvas.of(input.blank(shape.width(), shape.height(), shape.channels()), stage);
        try {
            return onDevices(stage, tiles(stage, input, canvas, condition, timing), timing).handleAsync((done, failure) -> {
                if (failure != null) {
                    canvas.close();
                    throw failure instanceof RuntimeException typed ? typed : new IllegalStateException(failure);
                }
                return finished(stage, input, canvas.finished(), condition, timing);
            }, canvas.blend().isPresent() || stage.development().isPresent() || condition.jpegPsnrDb().isPresent() ? ForkJoinPool.commonPool() : Runnable::run);
        } catch (Throwable e) {
            canvas.close();
            throw e;
        }
    }

    /**
     * What a stage has made of a picture.
     *
     * @param pixels new ones, or empty if there was nothing to undo
     * @param kept   the share of the network's change that was good for the JPEG file, 0 to 1; empty if it is none, or the network is not restrained
     */
    record Restored(Optional<Raster> pixels, OptionalDouble kept) {}

    /** @param restored taken over, also by a failure */
    private Restored finished(Stage stage, Raster input, Raster restored, Condition condition, Timing timing) {
        if (stage.development().isPresent()) {
            return new Restored(Optional.of(developed(stage, stage.development().get(), restored, restored, timing)), OptionalDouble.empty());
        }
        try {
            OptionalDouble lost = condition.jpegPsnrDb();
            return new Restored(Optional.of(restored), lost.isEmpty() ? lost
                    : OptionalDouble.of(Restraining.restrain(input, restored, stage.manifest().restraint(), lost.getAsDouble())));
        } catch (Throwable e) {
            restored.close();
            throw e;
        }
    }

    /** @param to taken over, also by a failure */
    private Raster developed(Stage stage, Development development, Raster colours, Raster to, Timing timing) {
        try {
            Raster photograph = development.develop(colours, to);
            timing.ended(stages.label(stage, Timing.Step.DEVELOP));
            return photograph;
        } catch (Throwable e) {
            to.close();
            throw e;
        }
    }

    /**
     * What tiles are written to.
     *
     * @param blend where overlapping ones are added up; empty if none overlap
     */
    private record Canvas(Raster pixels, Optional<Blend> blend) implements AutoCloseable {
        static Canvas of(Raster pixels, Stage stage) {
            try {
                return new Canvas(pixels, stage.plan().isBlended() ? Optional.of(new Blend(pixels, stage.factor())) : Optional.empty());
            } catch (Throwable e) {
                pixels.close();
                throw e;
            }
        }

        Raster finished() {
            try {
                blend.ifPresent(Blend::finish);
                blend.ifPresent(Blend::close);
                return pixels;
            } catch (Throwable e) {
                close();
                throw e;
            }
        }

        @Override
        public void close() {
            pixels.close();
            blend.ifPresent(Blend::close);
        }
    }

    private CompletionStage<Void> onDevices(Stage stage, List<ImageTile> tiles, Timing timing) {
        var work = engine.submit(stage.lease().checkpoint(), tiles, deadline.before(engine.asThingsGo(stages.timeAfter(stage))), standing);
        submission = work;
        if (cancelled) {
            work.cancel();
        }
        Future<?> expiry = deadline.whenPassed(work::expire);
        return work.released().thenCompose(idle -> work.completion()).whenComplete((done, failure) -> {
            expiry.cancel(false);
            timing.ended(stages.label(stage, Timing.Step.INFER));
            timing.counted(work.tiles(), work.batches());
        });
    }

    private List<ImageTile> tiles(Stage stage, Raster input, Canvas canvas, Condition condition, Timing timing) {
        var waiting = new AtomicBoolean(true);
        Runnable onFirstRead = () -> {
            if (waiting.getAndSet(false)) {
                timing.ended(stages.label(stage, Timing.Step.QUEUE));
            }
        };
        TilePlan plan = stage.plan();
        float strength = (float) stage.request().strength();
        return plan.tiles().stream()
                .map(tile -> new ImageTile(tile, plan.mirroring(), input, canvas.pixels(), canvas.blend(), condition.values(), strength, onFirstRead, () -> done(stage, 1)))
                .toList();
    }

    private void done(Stage stage, int tiles) {
        tilesDone.addAndGet(tiles);
        nanosDone.addAndGet(stage.plan().time().toNanos() * tiles / stage.plan().tiles().size());
        onLeft.accept(share());
    }
}
