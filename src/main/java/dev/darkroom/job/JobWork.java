package dev.darkroom.job;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Does the work of jobs of some kind. */
public interface JobWork {
    /** Whether this does what is called so. */
    boolean does(String task);

    /**
     * Starts.
     *
     * @throws RuntimeException one of the typed failures of {@code http.Problems}; after a 429 or 503 it is tried again later
     */
    Running start(JobOrder order, List<Path> files) throws Exception;

    /** Work that has been started. */
    interface Running {
        CompletionStage<Answer> answer();

        JobProgress progress();

        void cancel();
    }

    /** What the request would have been answered with. */
    record Answer(Map<String, String> headers, byte[] body) {}
}
