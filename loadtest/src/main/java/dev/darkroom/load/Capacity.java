package dev.darkroom.load;

import static io.gatling.javaapi.core.CoreDsl.constantConcurrentUsers;

import io.gatling.javaapi.core.Simulation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** A closed loop: so many callers that the service is never idle; what it finishes a second is its capacity. */
public final class Capacity extends Simulation {
    private static final int CALLERS = 8;

    private final long seconds = Long.getLong("seconds", 60);
    private final Requests requests = new Requests();

    public Capacity() {
        setUp(requests.caller("caller").injectClosed(constantConcurrentUsers(CALLERS).during(Duration.ofSeconds(seconds))))
                .protocols(Requests.service());
    }

    /** The second half only: the first warms up. */
    @Override
    public void after() {
        var recorder = requests.recorder();
        List<Recorder.Answer> done = recorder.answers().stream().filter(Recorder.Answer::good)
                .filter(answer -> finished(answer) > seconds / 2.0 && finished(answer) <= seconds).toList();
        double megapixels = done.stream().mapToDouble(answer -> answer.kind().megapixels()).sum();
        System.out.printf(Locale.ROOT, "%d callers in a closed loop: %.2f requests/s, %.3f MP/s%n", CALLERS, done.size() / (seconds / 2.0), megapixels / (seconds / 2.0));
        try {
            Files.writeString(Path.of(System.getProperty("capacity")), String.format(Locale.ROOT, "%.4f%n", done.size() / (seconds / 2.0)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double finished(Recorder.Answer answer) {
        return answer.sentAt() + answer.seconds();
    }
}
