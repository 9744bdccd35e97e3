package dev.darkroom.bench.device;

import dev.darkroom.bench.load.AnswerCheck;
import dev.darkroom.bench.load.Bench;
import dev.darkroom.bench.load.ClosedLoop;
import dev.darkroom.bench.load.MemoryWatch;
import dev.darkroom.bench.load.Verdict;
import dev.darkroom.bench.picture.Picture;
import dev.darkroom.bench.report.Finding;
import dev.darkroom.bench.report.Table;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whole requests while the device has too little memory for its batches, and after it has it back.
 *
 * <p>Memory is taken away until a batch does not fit, by halving what is left: less than one tile needs would be no fault of the service.
 */
final class Starvation {
    private static final long MOST_BYTES = 8L << 30;
    private static final long LEAST_BYTES = 8L << 20;
    private static final int INSIDE = 8;

    private final Bench bench;
    private final Scarcity scarcity;
    private final MemoryWatch watch;
    private final int decksToRecover;

    /** @param decksToRecover after the memory is back */
    Starvation(Bench bench, Scarcity scarcity, MemoryWatch watch, int decksToRecover) {
        this.bench = bench;
        this.scarcity = scarcity;
        this.watch = watch;
        this.decksToRecover = decksToRecover;
    }

    /**
     * @param leftBytes      that were enough for a tile and too few for a batch; 0 if memory never ran out
     * @param halved         batches that did not fit and were run in halves
     * @param unlike         answers that are not the picture's
     * @param capBefore      pixels that a batch may have: before, while memory was short, and after it came back
     */
    record Found(long leftBytes, long halved, long requests, long answered, long unlike, long capBefore, long capDuring, long capAfter) implements Finding {
        boolean ranOut() {
            return leftBytes > 0;
        }

        /** Every request was answered with its own picture, and the device forgets that it was short of memory. */
        boolean recovered() {
            return ranOut() && answered == requests && unlike == 0 && capAfter > capDuring;
        }

        @Override
        public List<Table> tables() {
            return List.of(Table.of("too little memory on the device", "", "value")
                    .row("left free, MB", leftBytes / 1e6)
                    .row("batches that did not fit", halved)
                    .row("requests", requests)
                    .row("answered", answered)
                    .row("answers unlike those before", unlike)
                    .row("pixels of a batch, at most, before", capBefore)
                    .row("while memory was short", capDuring)
                    .row("after it came back", capAfter));
        }
    }

    Found run() throws Exception {
        var check = AnswerCheck.of(bench);
        var counts = new Counts(new AtomicLong(), new AtomicLong(), new AtomicLong());
        long capBefore = cap();
        long halvedBefore = watch.halved();
        long left = 0;
        for (long bytes = MOST_BYTES; left == 0 && bytes >= LEAST_BYTES; bytes /= 2) {
            try (var taken = scarcity.leaving(bytes)) {
                decks(check, counts, 1);
                left = watch.halved() > halvedBefore ? bytes : 0;
            }
        }
        long capDuring = cap();
        decks(check, counts, decksToRecover);
        return new Found(left, watch.halved() - halvedBefore, counts.requests.get(), counts.answered.get(), counts.unlike.get(), capBefore, capDuring, cap());
    }

    private record Counts(AtomicLong requests, AtomicLong answered, AtomicLong unlike) {}

    private void decks(AnswerCheck check, Counts counts, int decks) throws InterruptedException {
        new ClosedLoop(INSIDE, picture -> ask(check, counts, picture)).decks(bench.album().deck(), decks);
    }

    /** A request that fails is counted and ends nothing. */
    private CompletionStage<?> ask(AnswerCheck check, Counts counts, Picture picture) {
        CompletionStage<?> answer = bench.enhance(picture).result().handle((result, failure) -> {
            if (failure == null) {
                counts.answered.incrementAndGet();
                if (check.judge(picture, result) == Verdict.WRONG) {
                    counts.unlike.incrementAndGet();
                }
            }
            return null;
        });
        counts.requests.incrementAndGet(); // not before: a picture that finds no room is asked for again
        return answer;
    }

    private long cap() {
        return bench.pipeline().engine().devices().get(0).capPixels();
    }
}
