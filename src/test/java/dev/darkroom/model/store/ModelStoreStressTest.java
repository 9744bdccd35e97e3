package dev.darkroom.model.store;

import static dev.darkroom.model.store.Checkpoints.PDL_1;
import static dev.darkroom.model.store.Checkpoints.PDL_2;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.model.ModelRequest;
import dev.darkroom.model.Task;
import dev.darkroom.model.store.FakeLoader.Loaded;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelStoreStressTest {

    private static final int BORROWERS = 4;
    private static final int RELOADS = 120;

    @TempDir
    Path root;

    @ParameterizedTest
    @ValueSource(longs = {1, Long.MAX_VALUE})
    @Timeout(120)
    void neverLendsAClosedCheckpointAndClosesEachOnce(long bytesOfRoom) throws Exception {
        var loader = new FakeLoader();
        var store = new ModelStore<>(root, loader, new Room(bytesOfRoom));
        Checkpoints.put(root, PDL_1, "first");
        Checkpoints.put(root, PDL_2, "first");
        store.reload();
        var start = new CountDownLatch(1);
        var borrowed = new CountDownLatch(BORROWERS);
        var done = new AtomicBoolean();
        var served = new AtomicLong();
        ExecutorService threads = Executors.newFixedThreadPool(BORROWERS);
        try {
            List<Future<?>> borrowers = new ArrayList<>();
            for (int i = 0; i < BORROWERS; i++) {
                borrowers.add(threads.submit(() -> {
                    start.await();
                    borrowed.countDown();
                    while (!done.get()) {
                        served.addAndGet(borrow(store) ? 1 : 0);
                    }
                    return null;
                }));
            }
            start.countDown();
            borrowed.await();
            for (int round = 0; round < RELOADS; round++) {
                // Version 1 serves throughout, or as often as it is brought back; version 2 comes and goes.
                Checkpoints.put(root, PDL_1, "round-" + round);
                if (round % 3 == 0) {
                    store.unload(PDL_2);
                } else if (round % 3 == 1) {
                    store.load(PDL_2);
                }
                store.reload();
            }
            done.set(true);
            for (Future<?> borrower : borrowers) {
                borrower.get(30, TimeUnit.SECONDS);
            }
        } finally {
            done.set(true);
            threads.shutdownNow();
        }

        store.close();

        assertThat(served.get()).isPositive();
        assertThat(loader.loaded).hasSizeGreaterThan(RELOADS)
                .allSatisfy(loaded -> assertThat(loaded.closes).hasValue(1));
    }

    private static boolean borrow(ModelStore<Loaded> store) {
        try (var outer = store.acquire(Task.DENOISE, ModelRequest.parse("pdl"));
                var inner = store.acquire(Task.DENOISE, ModelRequest.parse("pdl@1"))) {
            outer.checkpoint().use();
            inner.checkpoint().use();
            Thread.yield();
            outer.checkpoint().use();
            inner.checkpoint().use();
            return true;
        } catch (ModelNotReadyException e) {
            assertThat(e).as("its files are being replaced").hasMessageContaining("resting");
            return false;
        }
    }
}
