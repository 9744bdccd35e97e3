package dev.darkroom.enhance.files;

import dev.darkroom.batching.QueueFullException;
import dev.darkroom.enhance.EnhanceRequest;
import dev.darkroom.enhance.EnhanceResult;
import dev.darkroom.enhance.Enhancement;
import dev.darkroom.enhance.Enhancer;
import dev.darkroom.enhance.Progress;
import dev.darkroom.terminal.ProgressBar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Keeps so many files on their way that codecs and devices have work at the same time, and reports each in the order in which they came. */
final class FilesInFlight {
    private static final long GLANCE_MILLIS = 200;

    private final Enhancer enhancer;
    private final OptionalInt page;
    private final EnhanceRequest request;
    private final Results results;
    private final int most;
    private final Report report;
    private final ProgressBar bar;
    private final Queue<Begun> begun = new ConcurrentLinkedQueue<>();
    private volatile boolean stopped;
    private int failed;

    private record Begun(Original original, Enhancement enhancement) {
        double share() {
            Progress progress = enhancement.progress();
            return (double) progress.tiles() / progress.of();
        }
    }

    /** @param page of each file that is wanted; empty: all of it */
    FilesInFlight(Enhancer enhancer, OptionalInt page, EnhanceRequest request, Results results, int most, Report report, ProgressBar bar) {
        this.enhancer = enhancer;
        this.page = page;
        this.request = request;
        this.results = results;
        this.most = most;
        this.report = report;
        this.bar = bar;
    }

    /** From any thread: what is on its way is given up, and nothing new is begun. */
    void stop() {
        stopped = true;
        begun.forEach(file -> file.enhancement().cancel());
    }

    void add(Original original) throws InterruptedException {
        if (begun.size() >= most) {
            finishOldest();
        }
        if (stopped) {
            return;
        }
        try {
            begun.add(new Begun(original, begin(Opened.of(original, page))));
            if (stopped) {
                stop();
            }
        } catch (IOException e) {
            refused(original, "cannot be read: " + e.getMessage());
        } catch (RuntimeException e) {
            refused(original, e.getMessage());
        }
    }

    private void refused(Original original, String reason) {
        failed(original, reason);
        bar.step();
    }

    /** A full queue is no failure while something is inside that will leave it. */
    private Enhancement begin(Opened file) throws InterruptedException {
        try {
            while (!begun.isEmpty()) {
                try {
                    return closing(file);
                } catch (QueueFullException full) {
                    finishOldest();
                }
            }
            return closing(file);
        } catch (Throwable e) {
            file.close();
            throw e;
        }
    }

    private Enhancement closing(Opened file) {
        Enhancement enhancement = enhancer.enhance(file.bytes(), request);
        enhancement.released().thenRun(file::close);
        return enhancement;
    }

    /** @return how many failed */
    int finish() throws InterruptedException {
        while (!begun.isEmpty()) {
            finishOldest();
        }
        return failed;
    }

    private void finishOldest() throws InterruptedException {
        Begun oldest = begun.element();
        try {
            try (EnhanceResult result = awaited(oldest.enhancement().result().toCompletableFuture())) {
                Path target = results.write(oldest.original(), result.image());
                bar.clear();
                report.done(oldest.original(), target, result);
            }
        } catch (ExecutionException e) {
            if (!(stopped && e.getCause() instanceof CancellationException)) {
                failed(oldest.original(), e.getCause().getMessage());
            }
        } catch (IOException e) {
            failed(oldest.original(), "the result cannot be written: " + e.getMessage());
        }
        begun.remove();
        bar.step();
    }

    private EnhanceResult awaited(CompletableFuture<EnhanceResult> result) throws InterruptedException, ExecutionException {
        while (true) {
            try {
                return result.get(GLANCE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                bar.show(begun.stream().mapToDouble(Begun::share).sum());
            }
        }
    }

    private void failed(Original original, String reason) {
        failed++;
        bar.clear();
        report.failed(original, reason);
    }
}
