package dev.darkroom.bench;

import dev.darkroom.bench.engine.BareLoop;
import dev.darkroom.bench.load.Bench;
import dev.darkroom.bench.load.ServicePath;
import dev.darkroom.bench.picture.Picture;
import dev.darkroom.bench.picture.SizeClass;
import dev.darkroom.bench.report.Finding;
import dev.darkroom.bench.report.Percentiles;
import dev.darkroom.bench.report.Table;
import dev.darkroom.image.tile.Tile;
import dev.darkroom.inference.checkpoint.TileShape;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** What the service adds, codecs apart, to a picture of one tile when nothing else is to be done: it and the bare engine in turns. */
final class IdleLatency implements AutoCloseable {
    /** Threads that spin for a while after their work must not slow the next down: idle is idle. */
    private static final Duration PAUSE = Duration.ofMillis(5);
    private static final int LEAST = 20;

    private final Bench bench;
    private final BareLoop loop;
    private final ServicePath service;
    private final Picture picture;
    private final ByteBuffer samples;
    private final TileShape shape;

    IdleLatency(Bench bench) {
        this.bench = bench;
        loop = new BareLoop(bench.checkpoint(), bench.inference());
        service = new ServicePath(bench);
        int side = bench.checkpoint().manifest().tiles().get(0);
        picture = bench.album().another(new SizeClass(side + " x " + side, side, side, 1));
        Tile tile = bench.tiles(picture).get(0);
        shape = new TileShape(tile.input().height(), tile.input().width(), 3, 1);
        samples = ByteBuffer.allocateDirect(shape.bytes());
        picture.pixels().read(tile.input(), samples);
    }

    /**
     * @param added   service minus the bare run just before it
     * @param machine a bare run minus the one before it: what the machine does to such differences on its own
     */
    record Found(String size, Percentiles bare, Percentiles service, Percentiles added, Percentiles machine) implements Finding {
        @Override
        public List<Table> tables() {
            var table = Table.of("latency when idle, codecs apart, %s (ms, %d runs)".formatted(size, added.count()), "", "p50", "p90", "p99", "max");
            row(table, "bare engine", bare);
            row(table, "service", service);
            row(table, "added by the service", added);
            row(table, "bare minus bare, the machine's own", machine);
            return List.of(table);
        }

        private static void row(Table table, String name, Percentiles of) {
            table.row(name, of.p50Millis(), of.p90Millis(), of.p99Millis(), of.maxMillis());
        }
    }

    /** In nanoseconds. Each of the two follows the other, so that both find the caches full of the other's data. */
    private record Turn(long bare, long service) {}

    Found run() {
        turns(); // a service that has run for a while has been compiled
        List<Turn> turns = turns();
        return new Found(picture.size().name(),
                Percentiles.ofNanos(turns.stream().mapToLong(Turn::bare).toArray()),
                Percentiles.ofNanos(turns.stream().mapToLong(Turn::service).toArray()),
                Percentiles.ofNanos(turns.stream().mapToLong(turn -> turn.service - turn.bare).toArray()),
                Percentiles.ofNanos(IntStream.range(1, turns.size())
                        .mapToLong(i -> turns.get(i).bare - turns.get(i - 1).bare).toArray()));
    }

    private List<Turn> turns() {
        List<Turn> turns = new ArrayList<>();
        long began = System.nanoTime();
        while (turns.size() < LEAST || System.nanoTime() - began < bench.time().toNanos()) {
            turns.add(turn());
        }
        return turns;
    }

    private Turn turn() {
        Runnable bare = () -> loop.run(samples, 1, shape, bench.condition(), restored -> {});
        return new Turn(nanos(bare), nanos(() -> service.restore(picture).toCompletableFuture().join()));
    }

    private static long nanos(Runnable work) {
        LockSupport.parkNanos(PAUSE.toNanos());
        long began = System.nanoTime();
        work.run();
        return System.nanoTime() - began;
    }

    @Override
    public void close() {
        picture.close();
    }
}
