package dev.darkroom.compare;

import dev.darkroom.batching.Admission;
import dev.darkroom.batching.Deadline;
import dev.darkroom.enhance.EnhanceResult;
import dev.darkroom.enhance.Progress;
import dev.darkroom.enhance.Variants;
import dev.darkroom.score.PictureFile;
import dev.darkroom.score.Scorer;
import dev.darkroom.score.Scoring;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One comparison on its way: look at what will be measured, restore by each checkpoint, measure, report. Whoever waits may cancel. */
public final class Comparison {
    private final PictureFile picture;
    private final Optional<PictureFile> reference;
    private final CompareRequest request;
    private final Variants variants;
    private final Scorer scorer;
    private final Deadline deadline;
    private final Admission.Permit permit;
    private final Share share;
    private final CompletableFuture<Void> released = new CompletableFuture<>();
    private volatile boolean cancelled;
    private volatile Scoring scoring;
    private CompletionStage<Compared> result;

    Comparison(PictureFile picture, Optional<PictureFile> reference, CompareRequest request, Variants variants, Scorer scorer, Deadline deadline,
            Admission.Permit permit, Share share) {
        this.picture = picture;
        this.reference = reference;
        this.request = request;
        this.variants = variants;
        this.scorer = scorer;
        this.deadline = deadline;
        this.permit = permit;
        this.share = share;
    }

    /** A report, and the pictures that it is about, under the names that it has for them, until this is closed. */
    public record Compared(CompareReport report, List<PictureFile> pictures, List<EnhanceResult> results) implements AutoCloseable {
        @Override
        public void close() {
            results.forEach(EnhanceResult::close);
        }
    }

    Comparison start() {
        CompletionStage<Compared> work = CompletableFuture.<Void>completedStage(null).thenCompose(let -> check()).thenCompose(fine -> restore())
                .thenCompose(this::measure).whenComplete((done, failure) -> {
                    if (scoring == null) {
                        release();
                    }
                });
        result = deadline.outcome(work, Compared::close);
        return this;
    }

    /** Fails at the deadline, even while a step is still at it. */
    public CompletionStage<Compared> result() {
        return result;
    }

    /** Completes when the files are no longer in use. */
    public CompletionStage<Void> released() {
        return released.minimalCompletionStage();
    }

    public Progress progress() {
        return variants.progress();
    }

    public void cancel() {
        cancelled = true;
        variants.cancel();
        Scoring running = scoring;
        if (running != null) {
            running.cancel();
        }
    }

    /** What cannot be measured in the end is refused at the beginning. */
    private CompletionStage<Void> check() {
        CompletionStage<Void> fine = CompletableFuture.completedStage(null);
        if (reference.isPresent()) {
            fine = scorer.check(reference.get());
            if (variants.resultHeader().alpha()) {
                fine = fine.thenCompose(opaque -> scorer.check(picture));
            }
        }
        return fine;
    }

    private CompletionStage<List<EnhanceResult>> restore() {
        requireSomeoneWaits();
        CompletionStage<List<EnhanceResult>> results = variants.start(deadline, share::restoringLeft);
        if (cancelled) {
            variants.cancel();
        }
        return results;
    }

    private CompletionStage<Compared> measure(List<EnhanceResult> results) {
        try {
            return measured(results).whenComplete((compared, failure) -> {
                if (failure != null) {
                    results.forEach(EnhanceResult::close);
                }
            });
        } catch (Throwable e) {
            results.forEach(EnhanceResult::close);
            throw e;
        }
    }

    private CompletionStage<Compared> measured(List<EnhanceResult> results) {
        requireSomeoneWaits();
        var made = Results.of(request.restoring().first().task(), picture, variants.header(), results);
        List<PictureFile> files = made.files();
        if (reference.isEmpty()) {
            return CompletableFuture.completedStage(new Compared(made.report(variants.timing(), Optional.empty(), 0), files, results));
        }
        long began = System.nanoTime();
        var watcher = new Scoring.Watcher(share::measuringLeft, () -> {}, this::release);
        scoring = scorer.admitted(reference.get(), files, request.scoring().orElseThrow(), deadline, watcher);
        if (cancelled) {
            scoring.cancel();
        }
        // What is measured lies in the results' memory, so that they have to outlive the measuring, not only its report.
        return scoring.released().handle((done, failure) -> null).thenCompose(over -> scoring.report()).thenApply(scores ->
                new Compared(made.report(variants.timing(), Optional.of(scores), System.nanoTime() - began), files, results));
    }

    private void requireSomeoneWaits() {
        if (cancelled) {
            throw new CancellationException();
        }
    }

    private void release() {
        variants.close();
        permit.close();
        released.complete(null);
    }
}
