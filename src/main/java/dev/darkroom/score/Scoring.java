package dev.darkroom.score;

import dev.darkroom.batching.Deadline;
import dev.darkroom.batching.DeadlineExceededException;
import dev.darkroom.image.NativeMemory;
import dev.darkroom.inference.device.Devices;
import dev.darkroom.inference.device.OutOfMemory;
import dev.darkroom.loss.Comparison;
import dev.darkroom.loss.network.WithinMemory;
import dev.darkroom.model.Sha256;
import dev.darkroom.score.ScoreReport.Candidate;
import dev.darkroom.score.ScoreReport.Failure;
import dev.darkroom.score.ScoreReport.Reference;
import dev.darkroom.score.ScoreReport.Result;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleConsumer;
import java.util.stream.Stream;

/** One reference and its candidates on their way: decode, measure, rank. Whoever waits may cancel; then it stops at the next layer of a network. */
public final class Scoring {
    private static final Logger LOG = System.getLogger(Scoring.class.getName());
    private static final long LARGE_PIXELS = 2_000_000;

    /**
     * Who wants to know how it goes.
     *
     * @param onLeft     told the share of the measuring that is still to be done, 0 to 1
     * @param onMeasured called after each metric of each candidate
     * @param onEnd      called when the files are no longer in use, before anybody is answered
     */
    public record Watcher(DoubleConsumer onLeft, Runnable onMeasured, Runnable onEnd) {}

    private final PictureFile reference;
    private final List<PictureFile> candidates;
    private final ScoreRequest request;
    private final Deadline deadline;
    private final Scorer scorer;
    private final Watcher watcher;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CompletableFuture<ScoreReport> outcome = new CompletableFuture<>();
    private volatile boolean cancelled;
    private CompletableFuture<ScoreReport> work;
    private CompletionStage<ScoreReport> report;

    Scoring(PictureFile reference, List<PictureFile> candidates, ScoreRequest request, Deadline deadline, Scorer scorer, Watcher watcher) {
        this.reference = reference;
        this.candidates = candidates;
        this.request = request;
        this.deadline = deadline;
        this.scorer = scorer;
        this.watcher = watcher;
    }

    Scoring start(Executor threads) {
        work = outcome.whenComplete((done, failure) -> watcher.onEnd.run());
        threads.execute(this::run);
        report = deadline.outcome(work, late -> {});
        report.whenComplete((done, failure) -> giveUpUnlessBegun(failure));
        return this;
    }

    private void run() {
        if (begun.getAndSet(true)) {
            return;
        }
        try {
            outcome.complete(onADevice());
        } catch (Throwable e) {
            outcome.completeExceptionally(e);
        }
    }

    /** Its files and its room are not kept for a thread that has long ones before it. */
    private void giveUpUnlessBegun(Throwable why) {
        if (why != null && !begun.getAndSet(true)) {
            outcome.completeExceptionally(why);
        }
    }

    /** Fails at the deadline, even while a metric is still at it. */
    public CompletionStage<ScoreReport> report() {
        return report;
    }

    /** Completes when the files are no longer in use. */
    public CompletionStage<?> released() {
        return work;
    }

    public void cancel() {
        cancelled = true;
        giveUpUnlessBegun(new CancellationException());
    }

    private ScoreReport onADevice() {
        requireSomeoneWaits();
        String device = scorer.idleDevices().remove();
        try {
            return report(device);
        } finally {
            scorer.idleDevices().add(device);
        }
    }

    private ScoreReport report(String device) {
        List<PictureFile> files = Stream.concat(Stream.of(reference), candidates.stream()).toList();
        try (Pictures pictures = Pictures.decode(files, scorer.decoder(), request.profiles())) {
            List<Candidate> scored = new ArrayList<>();
            for (int i = 0; i < candidates.size(); i++) {
                scored.add(new Candidate(candidates.get(i).name(), null, null, results(pictures, i, device)));
            }
            var origin = new Reference(reference.name(), pictures.width(), pictures.height(), Sha256.of(reference.bytes()));
            return new ScoreReport(origin, Ranking.of(scored));
        }
    }

    private Map<String, Result> results(Pictures pictures, int candidate, String device) {
        var results = new LinkedHashMap<String, Result>();
        requireSomeoneWaits();
        MeasuringTurn turn = scorer.turn(device, this::requireSomeoneWaits);
        var memory = new WithinMemory(OutOfMemory::is, () -> Devices.releaseCache(device));
        try (var pair = new Comparison(pictures.samples(1 + candidate), pictures.samples(0), device)) {
            int metrics = request.metrics().size();
            for (int i = 0; i < metrics; i++) {
                requireSomeoneWaits();
                measure(request.metrics().get(i), pair, turn, memory, pictures.pixels(), results);
                trimMemory(pictures.pixels());
                watcher.onLeft.accept(1 - (candidate * metrics + i + 1.0) / (candidates.size() * metrics));
                watcher.onMeasured.run();
            }
        }
        return results;
    }

    private void measure(Metric metric, Comparison pair, MeasuringTurn turn, WithinMemory memory, long pixels, Map<String, Result> results) {
        long began = System.nanoTime() - turn.nanosWaited();
        turn.during(() -> within(memory, metric, pair)).ifPresent(result -> {
            results.put(metric.name(), result);
            if (result.error() == null) {
                scorer.pace().observe(metric, pixels, System.nanoTime() - turn.nanosWaited() - began);
            }
        });
    }

    /** A lack that smaller windows do not mend is that metric's alone. */
    private static Optional<Result> within(WithinMemory memory, Metric metric, Comparison pair) {
        try {
            return memory.of(() -> metric.of(pair));
        } catch (RuntimeException | OutOfMemoryError e) {
            if (!OutOfMemory.is(e)) {
                throw e;
            }
            LOG.log(Level.WARNING, metric.name() + " ran out of memory", e);
            return Optional.of(Result.failed(Failure.outOfMemory()));
        }
    }

    /** One measure's blocks are not the next one's sizes: without this a large pair takes a gigabyte more with each kind. */
    private void trimMemory(long pixels) {
        if (pixels >= LARGE_PIXELS) {
            NativeMemory.trim();
        }
    }

    private void requireSomeoneWaits() {
        if (cancelled) {
            throw new CancellationException();
        }
        if (deadline.hasPassed()) {
            throw new DeadlineExceededException();
        }
    }
}
