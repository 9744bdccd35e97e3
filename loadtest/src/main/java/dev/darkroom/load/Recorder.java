package dev.darkroom.load;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What became of every request. */
final class Recorder {

    /**
     * An answer, or none.
     *
     * @param sentAt     seconds after the run began
     * @param status     0 if there was none
     * @param retryAfter whether a refusal said when to come again
     */
    record Answer(Mix.Kind kind, double sentAt, double seconds, int status, boolean retryAfter) {
        boolean good() {
            return status == 200;
        }

        boolean refused() {
            return status == 429 || status == 503;
        }
    }

    private final long began = System.nanoTime();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();

    double now() {
        return (System.nanoTime() - began) / 1e9;
    }

    void add(Answer answer) {
        answers.add(answer);
    }

    List<Answer> answers() {
        return List.copyOf(answers);
    }
}
