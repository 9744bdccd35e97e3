package dev.darkroom.job;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
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
     * @param limit after which it is given up; the request's own {@code timeout} can only shorten it
     * @throws RuntimeException one of the typed failures of {@code http.Problems}; after a 429 or 503 it is tried again later
     */
    Running start(JobOrder order, List<Path> files, Duration limit) throws Exception;

    /** Work that has been started. */
    interface Running {
        CompletionStage<Answer> answer();

        JobProgress progress();

        void cancel();
    }

    /**
     * What the request would have been answered with.
     *
     * @param done to be called when the body is not needed any more
     */
    record Answer(Map<String, String> headers, ByteBuffer body, Runnable done) implements AutoCloseable {
        @Override
        public void close() {
            done.run();
        }
    }
}
