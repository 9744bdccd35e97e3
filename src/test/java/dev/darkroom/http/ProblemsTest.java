package dev.darkroom.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.darkroom.batching.Admission;
import dev.darkroom.batching.BatchingEvents;
import dev.darkroom.batching.Capacity;
import dev.darkroom.batching.Deadline;
import dev.darkroom.batching.DeadlineExceededException;
import dev.darkroom.batching.NotReadyException;
import dev.darkroom.batching.QueueFullException;
import dev.darkroom.batching.Work;
import dev.darkroom.model.ModelRequest;
import dev.darkroom.model.Task;
import dev.darkroom.model.store.CheckpointLoader;
import dev.darkroom.model.store.ModelStore;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotSupportedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemsTest {

    @Test
    void namesTheKindOfFailure() {
        Problem problem = Problems.of(new DeadlineExceededException()).problem();
        assertThat(problem.status()).isEqualTo(504);
        assertThat(problem.type()).isEqualTo("urn:darkroom:problem:deadline-exceeded");
        assertThat(problem.title()).isEqualTo("Deadline exceeded");
    }

    @ParameterizedTest
    @ValueSource(strings = {"the file is cut short", "The file is cut short."})
    void writesTheDetailAsASentence(String message) {
        assertThat(Problems.of(new NotPermittedException(message)).problem().detail()).isEqualTo("The file is cut short.");
    }

    @Test
    void saysWhenAFullQueueShouldHaveRoom() throws Exception {
        var admission = new Admission(new Capacity(10_000_000, 1 << 30, Duration.ofHours(1)), Duration.ZERO, BatchingEvents.NONE);
        var deadline = Deadline.in(Duration.ofHours(1));
        admission.admit(new Work(9_000_000, 1, Duration.ofSeconds(9)), deadline);
        var refusal = (QueueFullException) failure(() -> admission.admit(new Work(5_000_000, 1, Duration.ofSeconds(5)), deadline));
        assertThat(Problems.of(refusal).headers()).containsEntry("Retry-After", Long.toString(refusal.retryAfter().plusMillis(999).toSeconds()));
    }

    @Test
    void asksToRetryWhileModelsLoad() {
        assertThat(Problems.of(new NotReadyException("The service is starting.")).headers()).containsEntry("Retry-After", "5");
        assertThat(Problems.of(new NotReadyException("The service is starting.")).problem().status()).isEqualTo(503);
    }

    @Test
    void knowsAModelThatIsNotThere() throws Exception {
        CheckpointLoader<AutoCloseable> nothing = (id, manifest, file) -> () -> {};
        try (var empty = new ModelStore<>(Path.of("no-such-store"), nothing)) {
            Problem problem = Problems.of(failure(() -> empty.acquire(Task.DEBLUR, ModelRequest.parse("pdl")))).problem();
            assertThat(problem.status()).isEqualTo(404);
            assertThat(problem.type()).isEqualTo("urn:darkroom:problem:unknown-model");
        }
    }

    @Test
    void translatesTheFrameworksRefusals() {
        assertThat(Problems.of(new NotAllowedException("POST")).problem().type()).isEqualTo("urn:darkroom:problem:method-not-allowed");
        assertThat(Problems.of(new NotSupportedException()).problem().type()).isEqualTo("urn:darkroom:problem:unsupported-media-type");
    }

    @Test
    void tellsNothingOfAnUnexpectedFailure() {
        Problem problem = Problems.of(new IllegalStateException("cannot open /etc/shadow: at com.example.Secret")).problem();
        assertThat(problem.status()).isEqualTo(500);
        assertThat(problem.type()).isEqualTo("urn:darkroom:problem:internal");
        assertThat(problem.detail()).doesNotContain("shadow", "Secret");
    }

    @Test
    void writesTheSameJsonEverywhere() {
        Problem problem = Problems.of(new NotPermittedException("No \"quotes\" lost.")).problem().forRequest("r-1");
        assertThat(problem.json()).isEqualTo("{\"type\":\"urn:darkroom:problem:not-permitted\",\"title\":\"Not permitted\","
                + "\"status\":403,\"detail\":\"No \\\"quotes\\\" lost.\",\"requestId\":\"r-1\"}");
    }

    private static Throwable failure(Callable<?> call) {
        return catchThrowable(call::call);
    }
}
