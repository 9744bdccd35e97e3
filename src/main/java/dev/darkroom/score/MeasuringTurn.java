package dev.darkroom.score;

import dev.darkroom.loss.arithmetic.Pause;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A device's turn, taken for measuring and handed on at each {@link Pause}. Belongs to one thread. */
final class MeasuringTurn {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Lock device;
    private final BooleanSupplier givesWay;
    private final Runnable requireSomeoneWaits;
    private long nanosWaited;

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
        try {
            take();
            return Pause.during(this::handOn, measuring);
        } finally {
            device.unlock();
        }
    }

    /** How long others had the device while somebody measured here. */
    long nanosWaited() {
        return nanosWaited;
    }

    /** Whoever waits for the device is before us when we ask again. */
    private void handOn() {
        device.unlock();
        take();
    }

    /** Holds the device afterwards, also if nobody waits any more. */
    private void take() {
        long began = System.nanoTime();
        try {
            requireSomeoneWaits.run();
            while (givesWay.getAsBoolean()) {
                LockSupport.parkNanos(LOOK_NANOS);
                requireSomeoneWaits.run();
            }
        } finally {
            device.lock();
            nanosWaited += System.nanoTime() - began;
        }
    }
}
