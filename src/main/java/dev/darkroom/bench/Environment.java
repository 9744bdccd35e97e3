package dev.darkroom.bench;

import dev.darkroom.bench.load.Bench;
import dev.darkroom.bench.report.Finding;
import dev.darkroom.bench.report.Table;
import dev.darkroom.inference.device.Processor;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Where and with what was measured; without it the numbers mean nothing. */
public record Environment(String date, String processor, int cores, double memoryGigabytes, String java, String system, String checkpoint,
        String device, double seconds, long seed, String pictures) implements Finding {

    public static Environment of(Bench bench, String pictures) {
        return new Environment(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(), Processor.name(),
                Processor.cores(), installedGigabytes(), Runtime.version().toString(),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " " + System.getProperty("os.arch"),
                bench.checkpoint().id() + " " + bench.checkpoint().manifest().architecture(), bench.checkpoint().device(),
                bench.time().toNanos() / 1e9, bench.seed(), pictures);
    }

    private static double installedGigabytes() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getTotalMemorySize() / 1e9;
    }

    @Override
    public List<Table> tables() {
        return List.of(Table.of("darkroom bench", "", date)
                .row("processor", processor)
                .row("cores", cores)
                .row("memory, GB", memoryGigabytes)
                .row("system", system)
                .row("java", java)
                .row("checkpoint", checkpoint)
                .row("device", device)
                .row("pictures", pictures)
                .row("seconds a phase, at least", seconds)
                .row("seed", seed));
    }
}
