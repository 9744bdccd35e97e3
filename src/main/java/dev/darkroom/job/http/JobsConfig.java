package dev.darkroom.job.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** {@code darkroom.jobs.*} */
@ConfigMapping(prefix = "darkroom.jobs")
public interface JobsConfig {
    /** Where jobs are kept; several processes may share it. Unset: there are no jobs, and every request is answered at once. */
    Optional<Path> folder();

    /** How long a job that has ended can be asked for. */
    @WithDefault("1h")
    Duration keep();

    /** After which a job that has been begun is given up: nobody holds a connection open for it. */
    @WithDefault("30m")
    Duration timeout();

    /** That this process runs at a time. */
    @WithDefault("2")
    int atATime();

    /** That are kept, ended or not. */
    @WithDefault("1000")
    int most();

    /** That are kept of one caller. */
    @WithDefault("100")
    int mostOfACaller();
}
