package dev.darkroom.job;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;

/** Work that ends when it is told to; the answer is the upload, and who did it. */
final class SlowWork implements JobWork {
    final String name;
    /** What has been started and not looked at. */
    final LinkedBlockingQueue<Started> started = new LinkedBlockingQueue<>();

    SlowWork(String name) {
        this.name = name;
    }

    final class Started implements Running {
        final JobOrder order;
        final Duration limit;
        private final String upload;
        private final CompletableFuture<Answer> answer = new CompletableFuture<>();
        private volatile boolean holdsOut;

        private Started(JobOrder order, String upload, Duration limit) {
            this.order = order;
            this.limit = limit;
            this.upload = upload;
        }

        void finish() {
            answer.complete(new Answer(Map.of("Content-Type", "text/plain"), StandardCharsets.UTF_8.encode(upload + " by " + name), () -> {}));
        }

        void fail(RuntimeException failure) {
            answer.completeExceptionally(failure);
        }

        @Override
        public CompletionStage<Answer> answer() {
            return answer;
        }

        @Override
        public JobProgress progress() {
            return new JobProgress(3, 12, 4.5);
        }

        /** As work that nothing interrupts. */
        void holdsOut() {
            holdsOut = true;
        }

        @Override
        public void cancel() {
            if (!holdsOut) {
                answer.completeExceptionally(new CancellationException());
            }
        }

        boolean isCancelled() {
            return answer.isCompletedExceptionally();
        }
    }

    @Override
    public boolean does(String task) {
        return task.equals("denoise");
    }

    @Override
    public Running start(JobOrder order, List<Path> files, Duration limit) throws Exception {
        var running = new Started(order, Files.readString(files.get(0)), limit);
        started.add(running);
        return running;
    }
}
