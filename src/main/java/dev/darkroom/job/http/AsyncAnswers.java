package dev.darkroom.job.http;

import dev.darkroom.http.Query;
import dev.darkroom.http.access.Account;
import dev.darkroom.http.body.Answer;
import dev.darkroom.job.Job;
import dev.darkroom.job.JobIds;
import dev.darkroom.job.JobOrder;
import dev.darkroom.job.Jobs;
import dev.darkroom.job.Preference;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers requests that do not wait for their result. */
@Singleton
public final class AsyncAnswers {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final JobsHere here;

    AsyncAnswers(JobsHere here) {
        this.here = here;
    }

    /** The headers of a request that say how it wants to be answered. */
    public static Preference preference(RoutingContext context) {
        return Preference.of(context.request().headers().getAll("Prefer"), context.request().getHeader("Idempotency-Key"));
    }

    /** Whether a caller asks for a job, and there are jobs here; a preference may be overlooked. */
    public boolean wanted(RoutingContext context) {
        return here.jobs().isPresent() && preference(context).async();
    }

    /**
     * Makes a job of a request whose parameters have been read.
     *
     * @param task    the name of a task, or score
     * @param names   of the files
     * @param uploads the files
     */
    public Uni<Response> accept(RoutingContext context, String task, Query query, List<String> names, List<ByteBuffer> uploads) throws IOException {
        String account = Account.of(context);
        String accept = context.request().getHeader("Accept");
        Preference preference = preference(context);
        List<ByteBuffer> all = new ArrayList<>(uploads);
        all.add(StandardCharsets.UTF_8.encode(task + query.values() + accept + names));
        var order = new JobOrder(account, task, query.values(), accept, names, Instant.now(), JobIds.digest(all));
        String id = here.jobs().orElseThrow().submit(order, uploads, preference.idempotencyKey());
        if (preference.patience().isZero()) {
            return Uni.createFrom().item(accepted(job(id, account)));
        }
        boolean once = preference.idempotencyKey().isEmpty();
        return ended(id, account, preference.patience())
                .map(outcome -> outcome.map(ended -> answered(ended, id, account, once, context)).orElseGet(() -> accepted(job(id, account))));
    }

    /** Once the job has ended, or the time is over. */
    Uni<Optional<Jobs.Ended>> ended(String id, String account, Duration wait) {
        Instant until = Instant.now().plus(wait);
        return Uni.createFrom().item(() -> outcome(id, account)).runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .repeat().withDelay(BETWEEN_LOOKS).whilst(outcome -> outcome.isEmpty() && Instant.now().isBefore(until)).collect().last();
    }

    private Optional<Jobs.Ended> outcome(String id, String account) {
        try {
            return jobs().outcome(id, account);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws NotFoundException if there are none here */
    Jobs jobs() {
        return here.jobs().orElseThrow(NotFoundException::new);
    }

    Job job(String id, String account) {
        try {
            return jobs().find(id, account).orElseThrow(NotFoundException::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What has been answered is kept only for those who may ask again. */
    private Response answered(Jobs.Ended ended, String id, String account, boolean once, RoutingContext context) {
        if (once) {
            Runnable cancel = () -> context.vertx().executeBlocking(() -> jobs().cancel(id, account), false);
            Answer.afterwards(context, cancel);
        }
        return answer(ended);
    }

    private static Response accepted(Job job) {
        return Response.accepted(job).type(MediaType.APPLICATION_JSON).header("Location", "/v1/jobs/" + job.id()).header("Retry-After", 1)
                .header("Preference-Applied", "respond-async").build();
    }

    /** What the request would have been answered with. */
    static Response answer(Jobs.Ended ended) {
        var response = Response.status(ended.outcome().status()).entity(ended.body().toFile());
        ended.outcome().headers().forEach(response::header);
        return response.build();
    }
}
