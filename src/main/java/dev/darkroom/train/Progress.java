package dev.darkroom.train;

import dev.darkroom.model.CheckpointId;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells the person at the command line how the training goes, one line at a time. */
final class Progress {
    private static final double SMOOTHING = 0.99;

    private final TrainingPlan plan;
    private final PrintStream out;
    private double loss = Double.NaN;
    private double pixels;
    private long lineStep = -1;
    private Duration lineElapsed = Duration.ZERO;
    private Map<String, Double> psnr = Map.of();
    private volatile boolean stopRequested;

    Progress(TrainingPlan plan, PrintStream out) {
        this.plan = plan;
        this.out = out;
    }

    void stop() {
        stopRequested = true;
    }

    boolean stopRequested() {
        return stopRequested;
    }

    void resumed(long step, Duration elapsed) {
        out.printf("resuming after step %d and %s%n", step, clock(elapsed));
        lineStep = step;
        lineElapsed = elapsed;
    }

    void startsFrom(CheckpointId checkpoint, int taken, int weights) {
        out.printf("starting from %s: %d of %d weights%n", checkpoint, taken, weights);
    }

    void minimises(Recipe recipe) {
        out.println("minimising " + recipe);
    }

    void step(long step, GradientWorkers.Loss value) {
        if (!Double.isFinite(value.total())) {
            return;
        }
        double share = Double.isNaN(loss) ? 1 : 1 - SMOOTHING;
        loss = share == 1 ? value.total() : loss + share * (value.total() - loss);
        pixels += share * (value.pixels() - pixels);
    }

    /** How large the recipe's terms are beside the pixels' loss, which is how weights compare between networks. */
    private String terms() {
        return plan.recipe().terms().isEmpty() ? "" : " (terms %.3f of pixels)".formatted(loss / pixels - 1);
    }

    void line(long step, Duration elapsed, double rate) {
        double seconds = elapsed.minus(lineElapsed).toMillis() / 1e3;
        double imagesPerSecond = (step - Math.max(0, lineStep)) * plan.batch() / seconds;
        double done = plan.progress(step, elapsed);
        long leftMillis = (long) (elapsed.toMillis() * (1 - done) / done);
        out.printf("step %d  loss %.5f%s  %s  rate %.1e  %.1f images/s  %s spent, %s left%n", step, loss, terms(), validation(),
                rate, imagesPerSecond, clock(elapsed), clock(Duration.ofMillis(leftMillis)));
        lineStep = step;
        lineElapsed = elapsed;
    }

    void validated(long step, Map<String, Double> psnrByName) {
        psnr = psnrByName;
        out.printf("step %d  validation %s%n", step, validation());
    }

    void warn(String message) {
        out.println("warning: " + message);
    }

    private String validation() {
        return psnr.entrySet().stream()
                .map(entry -> "%.2f dB at %s".formatted(entry.getValue(), entry.getKey()))
                .collect(Collectors.joining(", "));
    }

    private static String clock(Duration duration) {
        return "%d:%02d:%02d".formatted(duration.toHours(), duration.toMinutesPart(), duration.toSecondsPart());
    }
}
