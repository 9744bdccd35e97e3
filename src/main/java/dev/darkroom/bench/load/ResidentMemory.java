package dev.darkroom.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** This process's memory as Linux counts it, in megabytes of 10^6 bytes; NaN on other systems. */
public final class ResidentMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path CLEAR = Path.of("/proc/self/clear_refs");
    private static final String RESET_PEAK = "5"; // proc(5)

    private ResidentMemory() {}

    public static double megabytes() {
        return field("VmRSS:");
    }

    public static double peakMegabytes() {
        return field("VmHWM:");
    }

    /** From now on the peak is a new one, where the system lets us. */
    public static void resetPeak() {
        try {
            Files.writeString(CLEAR, RESET_PEAK);
        } catch (IOException e) {
            // The peak since the start is then the answer.
        }
    }

    private static double field(String name) {
        try (var lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith(name)).mapToDouble(ResidentMemory::megabytes).findFirst().orElse(Double.NaN);
        } catch (IOException e) {
            return Double.NaN;
        }
    }

    private static double megabytes(String line) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024 / 1e6;
    }
}
