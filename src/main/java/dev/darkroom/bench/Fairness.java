package dev.darkroom.bench;

import dev.darkroom.batching.QueueFullException;
import dev.darkroom.bench.load.Bench;
import dev.darkroom.bench.picture.Picture;
import dev.darkroom.bench.report.Finding;
import dev.darkroom.bench.report.Percentiles;
import dev.darkroom.bench.report.Table;
import dev.darkroom.enhance.Enhancement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;

/** How long thumbnails take alone, and while a large upload is being worked on all the time. */
final class Fairness {
    private static final int LEAST = 20;

    private final Bench bench;
    private final List<Picture> thumbnails;
    private int refused;

    Fairness(Bench bench) {
        this.bench = bench;
        thumbnails = bench.album().of(bench.album().mix().smallest());
    }

    /**
     * @param refused   thumbnails that were refused while the large upload was worked on, and then sent again
     * @param largeDone large uploads that were answered meanwhile
     */
    record Found(String thumbnail, String large, Percentiles alone, Percentiles beside, double p99Ratio, int refused, int largeDone)
            implements Finding {
        @Override
        public List<Table> tables() {
            var table = Table.of("fairness: %s pictures one by one, with codecs (ms)".formatted(thumbnail), "", "answers", "p50", "p90", "p99", "max");
            row(table, "alone", alone);
            row(table, "beside an upload of " + large, beside);
            return List.of(table.note("p99 is %.2f times that of thumbnails alone; %d thumbnails were refused, %d large uploads answered meanwhile",
                    p99Ratio, refused, largeDone));
        }

        private static void row(Table table, String name, Percentiles of) {
            table.row(name, of.count(), of.p50Millis(), of.p90Millis(), of.p99Millis(), of.maxMillis());
        }
    }

    /** The same upload again and again, until it is stopped. */
    private final class Large {
        private final Picture picture;
        private final CompletableFuture<Void> ended = new CompletableFuture<>();
        private Enhancement running;
        private boolean stopped;
        private int done;

        Large(Picture picture) {
            this.picture = picture;
        }

        synchronized void again() {
            if (stopped) {
                ended.complete(null);
                return;
            }
            try {
                Enhancement begun = bench.enhance(picture);
                running = begun;
                begun.result().whenComplete((result, failure) -> begun.released().thenRun(() -> next(failure)));
            } catch (RuntimeException refused) {
                ended.completeExceptionally(refused);
            }
        }

        private synchronized void next(Throwable failure) {
            done += failure == null ? 1 : 0;
            if (failure != null && !stopped) {
                ended.completeExceptionally(failure);
            } else {
                again();
            }
        }

        CompletionStage<Void> stop() {
            Enhancement last;
            synchronized (this) {
                stopped = true;
                last = running;
            }
            if (last != null) {
                last.cancel();
            }
            return ended;
        }

        synchronized int done() {
            return done;
        }
    }

    Found run() {
        Percentiles alone = thumbnails();
        try (Picture picture = bench.album().another(bench.album().mix().large())) {
            var large = new Large(picture);
            large.again();
            Percentiles beside = thumbnails();
            large.stop().toCompletableFuture().join();
            return new Found(bench.album().mix().smallest().name(), picture.size().name(), alone, beside,
                    beside.p99Millis() / alone.p99Millis(), refused, large.done());
        }
    }

    private Percentiles thumbnails() {
        List<Long> nanos = new ArrayList<>();
        long began = System.nanoTime();
        while (nanos.size() < LEAST || System.nanoTime() - began < bench.time().toNanos()) {
            long sent = System.nanoTime();
            letIn(thumbnails.get(nanos.size() % thumbnails.size())).result().toCompletableFuture().join();
            nanos.add(System.nanoTime() - sent);
        }
        return Percentiles.ofNanos(nanos.stream().mapToLong(Long::longValue).toArray());
    }

    private Enhancement letIn(Picture thumbnail) {
        while (true) {
            try {
                return bench.enhance(thumbnail);
            } catch (QueueFullException full) {
                refused++;
                LockSupport.parkNanos(full.retryAfter().toNanos());
            }
        }
    }
}
