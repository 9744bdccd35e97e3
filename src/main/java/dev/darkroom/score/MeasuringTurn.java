package dev.darkroom.score;

import dev.darkroom.loss.arithmetic.Pause;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A device's turn, taken for measuring and handed on between two layers of a network: a batch of tiles waits for no more than one. */
final class MeasuringTurn {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Lock device;
    private final BooleanSupplier givesWay;
    private final Runnable requireSomeoneWaits;

    /**
     * @param givesWay            whether there is something now that measuring is to wait for
     * @param requireSomeoneWaits throws if nobody waits for the measuring
     */
    MeasuringTurn(Lock device, BooleanSupplier givesWay, Runnable requireSomeoneWaits) {
        this.device = device;
        this.givesWay = givesWay;
        this.requireSomeoneWaits = requireSomeoneWaits;
    }

    <T> T during(Supplier<T> measuring) {
        device.lock();
        try {
            return Pause.during(this::handOn, measuring);
        } finally {
            device.unlock();
        }
    }

    /** Whoever waits for the device is before us when we ask again. */
    private void handOn() {
        device.unlock();
        try {
            requireSomeoneWaits.run();
            while (givesWay.getAsBoolean()) {
                LockSupport.parkNanos(LOOK_NANOS);
                requireSomeoneWaits.run();
            }
        } finally {
            device.lock();
        }
    }
}
