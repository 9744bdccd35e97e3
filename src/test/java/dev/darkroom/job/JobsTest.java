package dev.darkroom.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobsTest {
    private static final Optional<String> NO_KEY = Optional.empty();

    @TempDir
    private Path folder;
    private final SlowWork work = new SlowWork("this process");

    @Test
    void doesAJobAndKeepsWhatCameOfIt() throws Exception {
        try (Jobs jobs = JobsProcess.open(folder, work)) {
            String id = submit(jobs, "alice", "picture", NO_KEY);
            SlowWork.Started running = work.started.take();
            assertThat(running.limit).describedAs("a limit of time of its own").isEqualTo(Duration.ofMinutes(30));
            await().until(() -> jobs.find(id, "alice").orElseThrow().state().equals("running"));
            assertThat(jobs.find(id, "alice").orElseThrow().progress()).isEqualTo(new JobProgress(3, 12, 4.5));
            assertThat(jobs.outcome(id, "alice")).isEmpty();

            running.finish();
            await().until(() -> jobs.outcome(id, "alice").isPresent());

            assertThat(jobs.outcome(id, "alice").orElseThrow().body()).hasContent("picture by this process");
            Job done = jobs.find(id, "alice").orElseThrow();
            assertThat(done.state()).isEqualTo("done");
            assertThat(done.result()).isEqualTo("/v1/jobs/" + id + "/result");
            assertThat(done.expires()).isEqualTo(done.ended().plus(Duration.ofHours(1)));
            assertThat(filesNamed("upload")).describedAs("uploads that are not needed any more").isEmpty();
        }
    }

    @Test
    void takesJobsFirstComeFirst() throws Exception {
        try (Jobs jobs = JobsProcess.open(folder, work)) {
            for (String picture : List.of("first", "second", "third")) {
                submit(jobs, "alice", picture, NO_KEY);
            }
            for (String picture : List.of("first", "second", "third")) {
                SlowWork.Started running = work.started.take();
                assertThat(running.order.names()).containsExactly(picture);
                running.finish();
            }
        }
    }

    @Test
    void keepsWhyAJobFailed() throws Exception {
        try (Jobs jobs = JobsProcess.open(folder, work)) {
            String id = submit(jobs, "alice", "picture", NO_KEY);
            work.started.take().fail(new IllegalArgumentException("is damaged"));
            await().until(() -> jobs.outcome(id, "alice").isPresent());

            Job failed = jobs.find(id, "alice").orElseThrow();
            assertThat(failed.state()).isEqualTo("failed");
            assertThat(failed.problem()).isEqualTo("\"is damaged\"");
            assertThat(failed.result()).isNull();
            assertThat(jobs.outcome(id, "alice").orElseThrow().outcome().status()).isEqualTo(422);
        }
    }

    /** A disk that is full, a volume that is gone: nobody would close what comes of it, or stop it. */
    @Test
    void stopsAJobThatCanTellNoMoreHowFarItIs() throws Exception {
        try (Jobs jobs = JobsProcess.open(folder, work)) {
            String id = submit(jobs, "alice", "picture", NO_KEY);
            SlowWork.Started running = work.started.take();
            await().until(() -> jobs.find(id, "alice").orElseThrow().state().equals("running"));

            Path inTheWay = folder.resolve(id).resolve("progress.json.new");
            await().until(() -> inTheWay.toFile().mkdir());

            await().until(running::isCancelled);
            await().until(() -> jobs.find(id, "alice").orElseThrow().state().equals("failed"));
        }
    }

    @Test
    void whatIsCancelledLeavesItsRoomAndItsKeyAsSoonAsNobodyRunsIt() throws Exception {
        Optional<String> key = Optional.of("k");
        try (Jobs jobs = JobsProcess.open(folder, work)) {
            submit(jobs, "alice", "first", NO_KEY);
            SlowWork.Started busy = work.started.take();
            String waiting = submit(jobs, "alice", "waiting", key);

            assertThat(jobs.cancel(waiting, "alice")).isTrue();
            assertThat(folder.resolve(waiting)).describedAs("though the only thread is busy").doesNotExist();

            String again = submit(jobs, "alice", "again", key);
            assertThat(again).isEqualTo(waiting);
            busy.finish();
            SlowWork.Started running = work.started.take();
            assertThat(running.order.names()).containsExactly("again");
            running.holdsOut();
            assertThat(jobs.cancel(again, "alice")).isTrue();
            assertThatThrownBy(() -> submit(jobs, "alice", "third", key)).isInstanceOf(JobUnfinishedException.class);

            running.finish();
            await().until(() -> Files.notExists(folder.resolve(again)));
            assertThat(submit(jobs, "alice", "third", key)).isEqualTo(again);
        }
    }

    @Test
    void triesAgainWhatThereWasNoRoomFor() throws Exception {
        try (Jobs jobs = JobsProcess.open(folder, work)) {
            String id = submit(jobs, "alice", "picture", NO_KEY);
            work.started.take().fail(new IllegalStateException("no room"));
            SlowWork.Started again = work.started.take();
            assertThat(jobs.outcome(id, "alice")).isEmpty();
            again.finish();
            await().until(() -> jobs.find(id, "alice").orElseThrow().state().equals("done"));
        }
    }

    @Test
    void doesAgainAfterARestartWhatWasRunning() throws Exception {
        String running;
        String waiting;
        try (Jobs before = JobsProcess.open(folder, work)) {
            running = submit(before, "alice", "running", NO_KEY);
            waiting = submit(before, "alice", "waiting", NO_KEY);
            assertThat(work.started.take().order.names()).containsExactly("running");
        }
        try (Jobs after = JobsProcess.open(folder, work)) {
            work.started.take().finish();
            work.started.take().finish();
            await().until(() -> after.outcome(running, "alice").isPresent() && after.outcome(waiting, "alice").isPresent());
            assertThat(after.outcome(running, "alice").orElseThrow().body()).hasContent("running by this process");
        }
    }

    @Test
    void takesOverFromAProcessThatWasKilled() throws Exception {
        Process other = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), JobsProcess.class.getName(), folder.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader said = other.inputReader(); Jobs idle = JobsProcess.open(new JobsSettings(folder, Duration.ofHours(1), Duration.ofMinutes(30), 1, 10, 5), nothing())) {
            String id = submit(idle, "alice", "picture", NO_KEY);
            assertThat(said.readLine()).isEqualTo("started [picture]");
            await().until(() -> idle.find(id, "alice").orElseThrow().state().equals("running"));
            try (Jobs here = JobsProcess.open(folder, work)) {
                assertThat(work.started.poll(2, TimeUnit.SECONDS)).describedAs("while the other process has it").isNull();

                other.destroyForcibly().waitFor();

                work.started.take().finish();
                await().until(() -> here.outcome(id, "alice").isPresent());
                assertThat(idle.outcome(id, "alice").orElseThrow().body()).hasContent("picture by this process");
            }
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void givesUpAJobWithWhichProcessesKeepDying() throws Exception {
        try (Jobs jobs = JobsProcess.open(folder, nothing())) {
            String id = submit(jobs, "alice", "picture", NO_KEY);
            Files.writeString(folder.resolve(id).resolve("attempts.json"), "3");
            try (Jobs here = JobsProcess.open(folder, work)) {
                await().until(() -> here.find(id, "alice").orElseThrow().state().equals("failed"));
                assertThat(here.find(id, "alice").orElseThrow().problem()).contains("ended 3 times");
                assertThat(work.started).isEmpty();
            }
        }
    }

    @Test
    void cancelsAJobThatAnotherProcessRuns() throws Exception {
        try (Jobs here = JobsProcess.open(folder, work); Jobs there = JobsProcess.open(new JobsSettings(folder, Duration.ofHours(1), Duration.ofMinutes(30), 1, 10, 5), nothing())) {
            String id = submit(there, "alice", "picture", NO_KEY);
            SlowWork.Started running = work.started.take();

            assertThat(there.cancel(id, "alice")).isTrue();

            assertThat(here.find(id, "alice")).isEmpty();
            await().until(running::isCancelled);
            await().ignoreExceptions().until(() -> filesNamed("").isEmpty());
            assertThat(here.cancel(id, "alice")).isFalse();
        }
    }

    @Test
    void showsAJobToNobodyElse() throws Exception {
        try (Jobs jobs = JobsProcess.open(folder, work)) {
            String id = submit(jobs, "alice", "picture", NO_KEY);
            assertThat(jobs.find(id, "bob")).isEmpty();
            assertThat(jobs.outcome(id, "bob")).isEmpty();
            assertThat(jobs.cancel(id, "bob")).isFalse();
            assertThat(jobs.find("../" + id, "alice")).isEmpty();
            assertThat(jobs.find(id, "alice")).isPresent();
            work.started.take().finish();
        }
    }

    @Test
    void findsTheSameJobUnderTheSameKey() throws Exception {
        try (Jobs jobs = JobsProcess.open(folder, work)) {
            String id = submit(jobs, "alice", "picture", Optional.of("k1"));
            assertThat(submit(jobs, "alice", "picture", Optional.of("k1"))).isEqualTo(id);
            assertThat(submit(jobs, "alice", "picture", Optional.of("k2"))).isNotEqualTo(id);
            assertThat(submit(jobs, "bob", "picture", Optional.of("k1"))).isNotEqualTo(id);
            assertThatThrownBy(() -> submit(jobs, "alice", "another", Optional.of("k1"))).isInstanceOf(KeyReusedException.class);
            for (int i = 0; i < 3; i++) {
                work.started.take().finish();
            }
            await().until(() -> jobs.count("done") == 3);
            assertThat(work.started).isEmpty();
        }
    }

    @Test
    void keepsNoMoreThanItMay() throws Exception {
        try (Jobs jobs = JobsProcess.open(folder, work)) {
            for (int i = 0; i < 5; i++) {
                submit(jobs, "alice", "picture", NO_KEY);
            }
            assertThatThrownBy(() -> submit(jobs, "alice", "picture", NO_KEY)).isInstanceOf(TooManyJobsException.class).hasMessageContaining("5 jobs");
            for (int i = 0; i < 5; i++) {
                submit(jobs, "bob", "picture", NO_KEY);
            }
            assertThatThrownBy(() -> submit(jobs, "carol", "picture", NO_KEY)).isInstanceOf(TooManyJobsException.class).hasMessageContaining("10 jobs");
        }
    }

    @Test
    void forgetsAJobSomeTimeAfterItHasEnded() throws Exception {
        try (Jobs jobs = JobsProcess.open(new JobsSettings(folder, Duration.ZERO, Duration.ofMinutes(30), 1, 10, 5), work)) {
            submit(jobs, "alice", "picture", NO_KEY);
            work.started.take().finish();
            await().ignoreExceptions().until(() -> filesNamed("").isEmpty());
        }
    }

    private static JobWork nothing() {
        return new JobWork() {
            @Override
            public boolean does(String task) {
                return false;
            }

            @Override
            public Running start(JobOrder order, List<Path> files, Duration limit) {
                throw new AssertionError();
            }
        };
    }

    private static String submit(Jobs jobs, String account, String picture, Optional<String> key) throws IOException {
        ByteBuffer upload = UTF_8.encode(picture);
        return jobs.submit(new JobOrder(account, "denoise", Map.of("sigma", "25"), null, List.of(picture), Instant.now(), JobIds.digest(List.of(upload))),
                List.of(upload), key);
    }

    private List<Path> filesNamed(String beginning) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).filter(file -> file.getFileName().toString().startsWith(beginning)).toList();
        }
    }
}
