package dev.darkroom.inference.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The machine's processor, for reports. */
public final class Processor {
    private Processor() {}

    /** Its name and how many cores the process may use, as in {@code AMD EPYC 9R14, 2 cores}. */
    public static String description() {
        return name() + ", " + cores() + (cores() == 1 ? " core" : " cores");
    }

    public static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** Whether threads of a calculation that wait for each other leave the core to others, as the launcher sets it; by default they spin. */
    public static boolean isLeftByWhoWaits() {
        return "PASSIVE".equalsIgnoreCase(System.getenv("OMP_WAIT_POLICY"));
    }

    /** As the system calls it, or {@code unknown}. */
    public static String name() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name")).map(line -> line.replaceFirst(".*:\\s*", "")).findFirst().orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}
