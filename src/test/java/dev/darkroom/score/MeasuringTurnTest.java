package dev.darkroom.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.inference.device.Turns;
import dev.darkroom.loss.arithmetic.Pause;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MeasuringTurnTest {
    private final ReentrantLock device = (ReentrantLock) new Turns().of("cpu");
    private final ConcurrentLinkedQueue<String> order = new ConcurrentLinkedQueue<>();

    @Test
    void aBatchThatWaitsHasTheDeviceAtTheNextLayer() throws Exception {
        var turn = new MeasuringTurn(device, () -> false, () -> {});
        var batch = new Thread(() -> {
            device.lock();
            order.add("batch");
            device.unlock();
        });

        turn.during(() -> {
            order.add("first layer");
            batch.start();
            until(device::hasQueuedThreads);
            Pause.take();
            order.add("second layer");
            return null;
        });

        batch.join();
        assertThat(order).containsExactly("first layer", "batch", "second layer");
    }

    @Test
    void measuringBeginsWhenTheBatchBeforeItIsDone() throws Exception {
        var turn = new MeasuringTurn(device, () -> false, () -> {});
        device.lock();
        var measured = CompletableFuture.runAsync(() -> turn.during(() -> order.add("layer")));
        until(device::hasQueuedThreads);
        order.add("batch");
        device.unlock();

        measured.get(1, TimeUnit.MINUTES);
        assertThat(order).containsExactly("batch", "layer");
    }

    @Test
    void itEndsAtTheNextLayerWhenNobodyWaits() {
        var cancelled = new AtomicBoolean();
        var turn = new MeasuringTurn(device, () -> false, () -> {
            if (cancelled.get()) {
                throw new CancellationException();
            }
        });

        assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> turn.during(() -> {
            Pause.take();
            order.add("first layer");
            cancelled.set(true);
            Pause.take();
            order.add("second layer");
            return null;
        }));

        assertThat(order).containsExactly("first layer");
        assertThat(device.isLocked()).isFalse();
    }

    @Test
    void whereItGivesWayItWaitsWithoutTheDeviceAsLongAsThereIsSomethingElse() {
        var looks = new AtomicInteger();
        var turn = new MeasuringTurn(device, () -> {
            assertThat(device.isHeldByCurrentThread()).isFalse();
            return looks.incrementAndGet() % 4 != 0;
        }, () -> {});

        turn.during(() -> {
            assertThat(looks).hasValue(4);
            Pause.take();
            return null;
        });

        assertThat(looks).hasValue(8);
        assertThat(turn.nanosWaited()).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(20));
    }

    @Test
    void outsideOfATurnThereIsNothingToPauseFor() {
        Pause.take();
        new MeasuringTurn(device, () -> false, () -> order.add("looked")).during(() -> null);
        Pause.take();

        assertThat(order).containsExactly("looked"); // at its beginning
    }

    private static void until(BooleanSupplier holds) {
        while (!holds.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }
}
