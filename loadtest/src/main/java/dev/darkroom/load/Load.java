package dev.darkroom.load;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.rampUsersPerSec;

import io.gatling.javaapi.core.OpenInjectionStep;
import io.gatling.javaapi.core.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An open loop: callers arrive at random at a given rate, whatever becomes of those before them. */
public final class Load extends Simulation {

    /**
     * A part of the run.
     *
     * @param from, to the share of the capacity at its beginning and end
     * @param share    of the run's time
     */
    record Phase(String name, double from, double to, double share) {}

    static final List<Phase> PHASES = List.of(
            new Phase("half", 0.5, 0.5, 0.2),
            new Phase("ramp to twice the capacity", 0.5, 2, 0.2),
            new Phase("twice the capacity", 2, 2, 0.15),
            new Phase("soak at 80 %", 0.8, 0.8, 0.45));

    private final double capacity = Double.parseDouble(System.getProperty("rate"));
    private final double seconds = 60 * Double.parseDouble(System.getProperty("minutes", "15"));
    private final Requests requests = new Requests();
    private final Watch watch = new Watch(requests.recorder());

    public Load() {
        List<OpenInjectionStep> steps = new ArrayList<>();
        for (Phase phase : PHASES) {
            var time = Duration.ofMillis((long) (1e3 * seconds * phase.share));
            steps.add(phase.from == phase.to
                    ? constantUsersPerSec(capacity * phase.from).during(time).randomized()
                    : rampUsersPerSec(capacity * phase.from).to(capacity * phase.to).during(time).randomized());
        }
        setUp(requests.caller("caller").injectOpen(steps.toArray(OpenInjectionStep[]::new))).protocols(Requests.service());
    }

    @Override
    public void after() {
        watch.close();
        new Report(requests, watch.looks(), capacity, seconds).write();
    }
}
