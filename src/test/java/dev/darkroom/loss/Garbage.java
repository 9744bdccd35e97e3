package dev.darkroom.loss;

import java.lang.ref.Cleaner;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What Java no longer refers to. */
final class Garbage {

    private static final Cleaner CLEANER = Cleaner.create();

    private Garbage() {}

    /** Returns when all there was is gone, native memory behind it included. */
    static void collect() {
        // References are handled in batches: what became garbage with the first marker is gone with the second.
        for (int round = 0; round < 2; round++) {
            var gone = new CountDownLatch(1);
            CLEANER.register(new Object(), gone::countDown);
            try {
                do {
                    System.gc();
                } while (!gone.await(10, TimeUnit.MILLISECONDS));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
