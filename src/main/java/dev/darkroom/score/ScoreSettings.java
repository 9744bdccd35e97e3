package dev.darkroom.score;

import dev.darkroom.batching.Capacity;
import dev.darkroom.image.ImageLimits;
import java.time.Duration;
import java.util.List;

/**
 * The limits of scoring.
 *
 * @param limits   of a picture's dimensions
 * @param capacity of the admission that lets requests in: what exceeds it alone is refused for good
 * @param timeout  after which a request is given up
 * @param devices  that measure: {@code cpu} or {@code cuda:N}
 * @param decoderProcesses apart from this one, in which pixels are decoded; 0: in this one
 */
public record ScoreSettings(ImageLimits limits, Capacity capacity, Duration timeout, List<String> devices, int decoderProcesses) {

    public ScoreSettings(ImageLimits limits, Capacity capacity, Duration timeout, List<String> devices) {
        this(limits, capacity, timeout, devices, 0);
    }

    /** For one user at a command line. */
    static ScoreSettings unlimited(List<String> devices) {
        var year = Duration.ofDays(365);
        return new ScoreSettings(new ImageLimits(65_535, 65_535, 1000), new Capacity(Long.MAX_VALUE, Long.MAX_VALUE, year), year, devices);
    }
}
