package dev.darkroom.http.body;

import dev.darkroom.batching.Admission;
import dev.darkroom.batching.Hold;
import dev.darkroom.http.HttpConfig;
import dev.darkroom.http.TooManyUploadsException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;

/**
 * Uploads that are not complete yet. What they may hold of admission's memory is bounded, by caller and together, so that what is complete
 * finds room: nobody fills the service by never ending. Thread-safe.
 */
@Singleton
final class Arrivals {
    /** Of all memory, for uploads that are arriving, and of that for those of one caller. */
    private static final int SHARE = 2;

    private final Admission admission;
    private final int mostOfACaller;
    private final long mostBytes;
    private final long mostBytesOfACaller;
    private final Map<String, Caller> callers = new HashMap<>();
    private long bytes;

    @Inject
    Arrivals(Admission admission, HttpConfig config) {
        this(admission, config.uploadsOfACaller(), config.maxUpload().asLongValue());
    }

    Arrivals(Admission admission, int mostOfACaller, long maxUpload) {
        this.admission = admission;
        this.mostOfACaller = mostOfACaller;
        mostBytes = Math.max(admission.capacityBytes() / SHARE, maxUpload);
        mostBytesOfACaller = Math.max(mostBytes / SHARE, maxUpload);
    }

    private static final class Caller {
        private int uploads;
        private long bytes;
    }

    /**
     * One more.
     *
     * @param account whose it is
     * @throws TooManyUploadsException if the caller has as many already as may be
     */
    synchronized Arrival begin(String account) {
        Caller caller = callers.computeIfAbsent(account, unknown -> new Caller());
        if (caller.uploads >= mostOfACaller) {
            throw TooManyUploadsException.ofACaller(mostOfACaller);
        }
        caller.uploads++;
        return new Arrival(account, caller, admission.hold(0));
    }

    /** An upload that is arriving, until it has or is given up. */
    final class Arrival implements AutoCloseable {
        private final String account;
        private final Caller caller;
        private final Hold memory;
        private long held;
        private boolean open = true;

        private Arrival(String account, Caller caller, Hold memory) {
            this.account = account;
            this.caller = caller;
            this.memory = memory;
        }

        /**
         * Has memory for more.
         *
         * @throws TooManyUploadsException                  if arriving uploads may not have so much
         * @throws dev.darkroom.batching.QueueFullException if there is not so much
         */
        void grow(long more) {
            synchronized (Arrivals.this) {
                if (caller.bytes + more > mostBytesOfACaller) {
                    throw TooManyUploadsException.memoryOfACaller(mostBytesOfACaller);
                }
                if (bytes + more > mostBytes) {
                    throw TooManyUploadsException.memoryOfAll();
                }
                memory.grow(more);
                held += more;
                caller.bytes += more;
                bytes += more;
            }
        }

        /** It is complete; its memory is whose the upload is. */
        Hold complete() {
            leave();
            return memory;
        }

        @Override
        public void close() {
            leave();
            memory.close();
        }

        private void leave() {
            synchronized (Arrivals.this) {
                if (open) {
                    open = false;
                    bytes -= held;
                    caller.bytes -= held;
                    if (--caller.uploads == 0) {
                        callers.remove(account);
                    }
                }
            }
        }
    }

    /** How many there are, of all callers. */
    synchronized int count() {
        return callers.values().stream().mapToInt(caller -> caller.uploads).sum();
    }
}
