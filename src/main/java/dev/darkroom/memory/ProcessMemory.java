package dev.darkroom.memory;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * How this process shares the memory that it may have.
 *
 * @param total  of the container, or of the machine, bytes
 * @param heap   the most that Java's objects take, bytes
 * @param direct the most that Java's buffers take, of the network and of batches, bytes
 */
public record ProcessMemory(long total, long heap, long direct) {
    /** What networks, libraries, code and threads take of an idle service, and a batch of one that is not; measured, in docs/performance.md. */
    public static final long ENGINE = 1310L << 20;
    private static final long LEAST = 256L << 20;

    public static ProcessMemory ofThisProcess() {
        long total = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize();
        long heap = Runtime.getRuntime().maxMemory();
        String direct = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).getVMOption("MaxDirectMemorySize").getValue();
        return new ProcessMemory(total, heap, direct.equals("0") ? heap : Long.parseLong(direct));
    }

    /** What is left for uploads, pixels and answers: at most half of all. */
    public long forPictures() {
        return Math.max(LEAST, Math.min(total / 2, total - heap - direct - ENGINE));
    }

    /** Whether so much for pictures goes together with the rest. */
    public boolean has(long pictures) {
        return heap + direct + pictures + ENGINE <= total;
    }

    /** One line for a log. */
    public String with(long pictures) {
        return "of %d MB of memory, %d are for the heap, %d for buffers, %d for pictures and %d for the engine"
                .formatted(total >> 20, heap >> 20, direct >> 20, pictures >> 20, ENGINE >> 20);
    }
}
