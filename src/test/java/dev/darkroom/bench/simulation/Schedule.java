package dev.darkroom.bench.simulation;

import dev.darkroom.batching.Batch;
import dev.darkroom.batching.Capacity;
import dev.darkroom.batching.Submission;
import dev.darkroom.batching.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** One run of the simulated service, everything in it decided by the seed, with a record of all that was wrong. */
final class Schedule implements SimulatedService.Log {
    private static final int[] SIDES = {64, 256, 512};

    private final Random random;
    private final VirtualTime time;
    private final SimulatedService service;
    private final Set<Arrival> bad = new HashSet<>();
    private final Map<Arrival, String> endings = new HashMap<>();
    private final Map<Arrival, Integer> tilesDone = new HashMap<>();
    private final Set<SimulatedTile> doneTiles = new HashSet<>();
    private final Set<Arrival> accepted = new HashSet<>();
    private final Set<Arrival> released = new HashSet<>();
    private final boolean faulty;
    private final boolean devicesFail;
    final List<String> trace = new ArrayList<>();
    final List<String> violations = new ArrayList<>();
    int expired;

    Schedule(long seed, boolean faulty) {
        random = new Random(seed);
        this.faulty = faulty;
        devicesFail = faulty && random.nextInt(10) == 0;
        time = new VirtualTime(random.nextLong());
        var speed = Speed.even(side -> side * side * 450L, side -> 1 + 512 / side, Duration.ofMillis(faulty ? random.nextInt(3) : 0));
        var capacity = new Capacity(1 + random.nextInt(8_000_000), 1 + random.nextInt(30_000_000), Duration.ofMillis(random.nextInt(5000)));
        var delay = Duration.ofMillis(random.nextInt(3) == 0 ? random.nextInt(50) : 0);
        service = new SimulatedService(time, 1 + random.nextInt(faulty ? 3 : 1), speed, capacity, delay, this::fault, this);
        int requests = 1 + random.nextInt(25);
        for (int i = 0; i < requests; i++) {
            Arrival arrival = arrival();
            if (faulty && random.nextInt(12) == 0) {
                bad.add(arrival);
            }
            time.after(arrival.at(), () -> service.receive(arrival));
        }
        if (random.nextInt(4) == 0) {
            time.after(Duration.ofMillis(random.nextInt(1500)), service::shutDown);
        }
    }

    /** Times are multiples of ten milliseconds, so that much happens at the same moment. */
    private Arrival arrival() {
        Map<Integer, Integer> tiles = new HashMap<>();
        long pixels = 0;
        int keys = random.nextInt(5) == 0 ? 2 : 1;
        for (int i = 0; i < keys; i++) {
            int side = SIDES[random.nextInt(SIDES.length)];
            int count = 1 + random.nextInt(random.nextInt(8) == 0 ? 30 : 3);
            tiles.merge(side, count, Integer::sum);
            pixels += (long) count * side * side;
        }
        Optional<Duration> leaves = faulty && random.nextInt(6) == 0 ? Optional.of(tens(100)) : Optional.empty();
        var timeout = random.nextBoolean() ? Duration.ofMinutes(2) : tens(300).plusMillis(10);
        return new Arrival(random.nextInt(1000), tens(150), tiles, new Work(pixels, 3 * pixels, Duration.ofNanos(pixels * 450)), timeout, leaves);
    }

    private Duration tens(int bound) {
        return Duration.ofMillis(10L * random.nextInt(bound));
    }

    private Fault fault(Batch<Integer, SimulatedTile> batch) {
        batch.tiles().forEach(tile -> check(!doneTiles.contains(tile), "tile handed out again after it was done"));
        batch.tiles().forEach(tile -> check(!released.contains(tile.request()), "tile handed out after its request was released"));
        check(new HashSet<>(batch.tiles()).size() == batch.size(), "a tile is twice in a batch");
        check(batch.size() <= 1 + 512 / batch.key(), "a batch is too large");
        if (batch.tiles().stream().anyMatch(tile -> tile.number() == 0 && bad.contains(tile.request()))) {
            return Fault.BAD_TILE;
        }
        int luck = faulty ? random.nextInt(100) : 99;
        Fault fault = luck < 4 ? Fault.OUT_OF_MEMORY : luck < 6 ? Fault.SLOW : luck < 8 && devicesFail ? Fault.DEVICE_LOST : Fault.NONE;
        if (fault == Fault.NONE || fault == Fault.SLOW || fault == Fault.OUT_OF_MEMORY && batch.size() == 1) {
            batch.tiles().forEach(this::willBeDone);
        }
        say("batch %s %s %s", batch.key(), batch.tiles().stream().map(tile -> tile.request().number()).toList(), fault);
        return fault;
    }

    private void willBeDone(SimulatedTile tile) {
        doneTiles.add(tile);
        tilesDone.merge(tile.request(), 1, Integer::sum);
    }

    Schedule run() {
        time.run();
        accepted.forEach(request -> check(endings.containsKey(request), "an accepted request never ended"));
        accepted.forEach(request -> check(released.contains(request), "an accepted request was never released"));
        check(service.admission().admittedPixels() == 0, "pixels are still admitted");
        check(service.admission().heldBytes() == 0, "memory is still held");
        check(service.queueDepth() == 0, "something still waits");
        return this;
    }

    @Override
    public void refused(Arrival request, RuntimeException reason) {
        check(endings.put(request, "refused") == null, "refused what had ended");
        say("%d refused %s", request.number(), reason.getClass().getSimpleName());
    }

    @Override
    public void accepted(Arrival request, Submission<Integer, SimulatedTile> submission) {
        check(accepted.add(request), "accepted twice");
        say("%d accepted %s due %d", request.number(), request.tiles(), millis() + request.timeout().toMillis());
    }

    @Override
    public void ended(Arrival request, Throwable failure) {
        String ending = failure == null ? "done" : failure.getClass().getSimpleName();
        check(endings.put(request, ending) == null, "ended twice");
        int total = request.tiles().values().stream().mapToInt(count -> count).sum();
        check(failure != null || tilesDone.get(request) == total, "done without all of its tiles");
        check(failure == null || !bad.isEmpty() || faulty || ending.equals("DeadlineExceededException"), "failed without a fault");
        check(!ending.equals("IllegalStateException") || bad.contains(request), "another request's bad tile failed it");
        expired += ending.equals("DeadlineExceededException") ? 1 : 0;
        say("%d %s", request.number(), ending);
    }

    @Override
    public void released(Arrival request) {
        check(endings.containsKey(request), "released before it ended");
        check(released.add(request), "released twice");
    }

    private long millis() {
        return time.getAsLong() / 1_000_000;
    }

    private void say(String format, Object... values) {
        trace.add("\n" + millis() + " " + format.formatted(values));
    }

    private void check(boolean holds, String violation) {
        if (!holds) {
            violations.add(violation);
        }
    }
}
