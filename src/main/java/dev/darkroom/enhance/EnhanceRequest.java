package dev.darkroom.enhance;

import dev.darkroom.batching.Deadline;
import dev.darkroom.batching.Standing;
import dev.darkroom.model.ModelRequest;
import dev.darkroom.model.Task;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a caller asks for.
 *
 * @param steps   tasks, one after the other, each at most once; demosaic comes first, as only an upload is a mosaic
 * @param timeout how long the caller will wait; it can only shorten the limit
 * @param standing how it stands among others
 * @param arrivedNanoTime of {@link System#nanoTime()}, when its last byte was there; empty: the caller waits from when work on it begins
 */
public record EnhanceRequest(List<StepRequest> steps, AnswerRequest answer, Optional<Duration> timeout, Standing standing, OptionalLong arrivedNanoTime) {

    /** @throws EnhanceParameterException naming the parameter that is out of its range, or the step that cannot be there */
    public EnhanceRequest {
        steps = List.copyOf(steps);
        require(!steps.isEmpty(), "steps must name at least one task");
        Set<Task> before = EnumSet.noneOf(Task.class);
        for (StepRequest step : steps) {
            require(step.task() != Task.DEMOSAIC || before.isEmpty(), "demosaic has to be the first step: only the upload can be a mosaic");
            require(before.add(step.task()), "steps must name each task at most once, but there is %s again".formatted(step.task()));
        }
        timeout.ifPresent(limit -> require(!limit.isNegative() && !limit.isZero(), "timeout must be at least 1 millisecond"));
    }

    /** Of a caller with no other request. */
    public EnhanceRequest(List<StepRequest> steps, AnswerRequest answer, Optional<Duration> timeout) {
        this(steps, answer, timeout, Standing.alone(), OptionalLong.empty());
    }

    /** One step alone. */
    public EnhanceRequest(StepRequest step, AnswerRequest answer) {
        this(List.of(step), answer, Optional.empty());
    }

    /** The task with the store's default checkpoint and every other parameter at its default. */
    public static EnhanceRequest of(Task task) {
        return of(task, new ModelRequest.Default());
    }

    /** The task with every parameter but the checkpoint at its default. */
    public static EnhanceRequest of(Task task, ModelRequest model) {
        return of(StepRequest.of(task, model));
    }

    /** The steps with everything else at its default. */
    public static EnhanceRequest of(StepRequest... steps) {
        return new EnhanceRequest(List.of(steps), AnswerRequest.DEFAULT, Optional.empty());
    }

    public StepRequest first() {
        return steps.get(0);
    }

    /** The same, by a caller who waits so long. */
    public EnhanceRequest within(Duration limit) {
        return new EnhanceRequest(steps, answer, Optional.of(limit), standing, arrivedNanoTime);
    }

    /** The same, of a caller who may have others. */
    public EnhanceRequest standing(Standing among) {
        return new EnhanceRequest(steps, answer, timeout, among, arrivedNanoTime);
    }

    /** The same, of a caller who has been waiting since then. */
    public EnhanceRequest arrived(long nanoTime) {
        return new EnhanceRequest(steps, answer, timeout, standing, OptionalLong.of(nanoTime));
    }

    /** The end of the caller's patience where this is the limit. */
    public Deadline deadline(Duration limit) {
        Duration patience = timeout.filter(asked -> asked.compareTo(limit) < 0).orElse(limit);
        return new Deadline(arrivedNanoTime.orElseGet(System::nanoTime) + patience.toNanos(), System::nanoTime);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new EnhanceParameterException(message);
        }
    }
}
