package dev.darkroom.bench;

import dev.darkroom.bench.load.Bench;
import dev.darkroom.bench.report.Report;
import java.time.Duration;
import java.util.Set;

/**
 * Which phases are measured.
 *
 * @param soak    for how long, if {@link Phase#SOAK} is wanted
 * @param timeout of each request of the open loop
 */
public record Run(Set<Phase> phases, Duration soak, Duration timeout) {

    /** @return how many answers were wrong, failed or lost */
    long measure(Bench bench, Report report) throws InterruptedException {
        long faults = 0;
        if (phases.contains(Phase.THROUGHPUT)) {
            report.add("throughput", new Throughput(bench).run());
        }
        if (phases.contains(Phase.IDLE)) {
            try (var idle = new IdleLatency(bench)) {
                report.add("idle", idle.run());
            }
        }
        double capacity = 0;
        if (phases.contains(Phase.CODECS) || phases.contains(Phase.OVERLOAD)) { // whose loads are shares of this
            WithCodecs.Found found = new WithCodecs(bench).run();
            report.add("codecs", found);
            capacity = found.megapixelsPerSecond();
        }
        if (phases.contains(Phase.OVERLOAD)) {
            Overload.Found found = new Overload(bench, capacity, timeout).run();
            report.add("overload", found);
            report.add("prediction", new Prediction(bench, capacity, timeout).run(found));
            faults = found.faults();
        }
        if (phases.contains(Phase.FAIRNESS)) {
            report.add("fairness", new Fairness(bench).run());
        }
        if (phases.contains(Phase.SOAK)) {
            report.add("soak", new Soak(bench, soak).run());
        }
        return faults;
    }
}
