package dev.darkroom.bench;

import dev.darkroom.batching.QueueFullException;
import dev.darkroom.bench.load.Bench;
import dev.darkroom.bench.picture.Picture;
import dev.darkroom.bench.picture.SizeClass;
import dev.darkroom.bench.report.Finding;
import dev.darkroom.bench.report.Percentiles;
import dev.darkroom.bench.report.Table;
import dev.darkroom.enhance.EnhanceRequest;
import dev.darkroom.enhance.Enhancement;
import dev.darkroom.model.ModelRequest;
import dev.darkroom.model.Task;
import dev.darkroom.model.store.ModelState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** How long thumbnails take alone, and while something large is being worked on all the time: one upload, or several deblurs. */
final class Fairness {
    private static final int LEAST = 20;
    private static final int DEBLURS = 8;

    private final Bench bench;
    private final List<Picture> thumbnails;
    private int refused;

    Fairness(Bench bench) {
        this.bench = bench;
        thumbnails = bench.album().of(bench.album().mix().smallest());
    }

    /**
     * @param refused thumbnails that were refused meanwhile, and then sent again
     * @param done    requests of the company that were answered meanwhile
     */
    record Beside(String company, Percentiles thumbnails, double p99Ratio, int refused, int done) {}

    /** @param beside one after the other */
    record Found(String thumbnail, Percentiles alone, List<Beside> beside) implements Finding {
        @Override
        public List<Table> tables() {
            var table = Table.of("fairness: %s pictures one by one, with codecs (ms)".formatted(thumbnail), "", "answers", "p50", "p90", "p99", "max",
                    "p99 to that alone", "refused", "answered beside");
            table.row("alone", alone.count(), alone.p50Millis(), alone.p90Millis(), alone.p99Millis(), alone.maxMillis(), 1.0, 0, 0);
            beside.forEach(with -> table.row("beside " + with.company, with.thumbnails.count(), with.thumbnails.p50Millis(), with.thumbnails.p90Millis(),
                    with.thumbnails.p99Millis(), with.thumbnails.maxMillis(), with.p99Ratio, with.refused, with.done));
            return List.of(table);
        }
    }

    Found run() {
        Percentiles alone = thumbnails();
        List<Beside> beside = new ArrayList<>();
        beside.add(beside("an upload of " + bench.album().mix().large().name(), bench.album().mix().large(), 1, bench.request(), alone));
        if (bench.pipeline().store().list().stream().anyMatch(entry -> entry.id().task() == Task.DEBLUR && entry.state() instanceof ModelState.Ready)) {
            SizeClass middle = bench.album().mix().middle();
            beside.add(beside("%d deblurs of %s".formatted(DEBLURS, middle.name()), middle, DEBLURS, EnhanceRequest.of(Task.DEBLUR, ModelRequest.parse(null)), alone));
        }
        return new Found(bench.album().mix().smallest().name(), alone, beside);
    }

    private Beside beside(String name, SizeClass size, int count, EnhanceRequest request, Percentiles alone) {
        refused = 0;
        try (Picture picture = bench.album().another(size)) {
            List<Company> company = IntStream.range(0, count)
                    .mapToObj(i -> Company.of(() -> bench.pipeline().enhancer().enhance(picture.upload(), request))).toList();
            Percentiles found;
            try {
                found = thumbnails();
            } finally {
                List<CompletionStage<Void>> ends = company.stream().map(Company::stop).toList();
                ends.forEach(end -> end.toCompletableFuture().join()); // all of them read the picture
            }
            return new Beside(name, found, found.p99Millis() / alone.p99Millis(), refused, company.stream().mapToInt(Company::done).sum());
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
