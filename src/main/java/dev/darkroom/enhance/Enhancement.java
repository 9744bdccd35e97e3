package dev.darkroom.enhance;

import dev.darkroom.batching.Admission;
import dev.darkroom.batching.Hold;
import dev.darkroom.estimate.Condition;
import dev.darkroom.estimate.Findings;
import dev.darkroom.image.Dimensions;
import dev.darkroom.image.EncodedImage;
import dev.darkroom.image.Photo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * One image on its way: decode, for each task estimate what its network wants to know and restore, encode. Whoever waits may cancel;
 * then the work stops at the next tile.
 */
public final class Enhancement {
    private final Order order;
    private final Stages stages;
    private final Run run;
    private final Admission.Permit permit;
    private final Timing timing;
    private final Enhancer enhancer;
    private final List<EnhanceResult.Step> steps = new ArrayList<>();
    private volatile long codecNanos;
    private final boolean holding;
    private CompletionStage<EnhanceResult> work;
    private CompletionStage<EnhanceResult> result;

    Enhancement(Order order, Stages stages, Run run, Admission.Permit permit, Timing timing, boolean holding, Enhancer enhancer) {
        this.holding = holding;
        this.order = order;
        this.stages = stages;
        this.run = run;
        this.permit = permit;
        this.timing = timing;
        this.enhancer = enhancer;
    }

    Enhancement start() {
        Reckoning reckoning = enhancer.reckoning();
        CompletionStage<Developing> picture = CompletableFuture.completedStage(order)
                .thenApplyAsync(this::decode, run.core(reckoning.decoding(order), stages.time()));
        for (Stage stage : stages) {
            picture = picture.thenComposeAsync(closing(before -> restore(stage, before)), run.core(reckoning.looking(stage), stages.timeFrom(stage)));
        }
        work = picture.thenApplyAsync(closing(this::encode), run.core(reckoning.encoding(order), Duration.ZERO))
                .whenComplete((done, failure) -> release());
        result = run.deadline().outcome(work, EnhanceResult::close);
        return this;
    }

    /** Fails at the deadline, even while a step is still at it. */
    public CompletionStage<EnhanceResult> result() {
        return result;
    }

    /** Completes when the upload is no longer in use. */
    public CompletionStage<?> released() {
        return work.handle((done, failure) -> null);
    }

    /** How long its steps took, of those that have ended. */
    public Timing timing() {
        return timing;
    }

    public Progress progress() {
        return run.progress();
    }

    public void cancel() {
        run.cancel();
    }

    private Developing decode(Order upload) {
        run.requireSomeoneWaits();
        long began = System.nanoTime();
        Developing picture = enhancer.decode(upload, stages, run);
        codecNanos = System.nanoTime() - began;
        timing.ended(Timing.Step.DECODE);
        return picture;
    }

    private CompletionStage<Developing> restore(Stage stage, Developing before) {
        Developing picture = before.settled(new Dimensions(stage.width(), stage.height()));
        try {
            return restoreSettled(stage, picture);
        } catch (Throwable e) {
            picture.close();
            throw e;
        }
    }

    /** The picture is freed only when no device holds a tile of it any more. */
    private CompletionStage<Developing> restoreSettled(Stage stage, Developing picture) {
        var findings = new Findings(picture.picture(), order.known(stage.request(), picture.untouched()));
        Condition condition = run.estimate(stage, findings, timing, enhancer.reckoning().shakePace());
        return run.restore(stage, picture.photo().pixels(), condition, timing).handle((restored, failure) -> {
            if (failure != null) {
                picture.close();
                throw failure instanceof RuntimeException typed ? typed : new CompletionException(failure);
            }
            steps.add(EnhanceResult.Step.of(stage, condition, restored.kept()));
            return picture.with(restored.pixels());
        });
    }

    private EnhanceResult encode(Developing picture) {
        long began = System.nanoTime();
        try (Photo photo = picture.finished(order)) {
            EncodedImage image = enhancer.encoder().encode(photo, order.encoding());
            timing.ended(Timing.Step.ENCODE);
            enhancer.reckoning().codecPace().observe(order.codedPixels(), codecNanos + System.nanoTime() - began);
            return new EnhanceResult(image, held(image), List.copyOf(steps), timing);
        }
    }

    /** The pixels are as good as gone; what is left of the request is its answer. */
    private Optional<Hold> held(EncodedImage image) {
        try {
            Hold answer = permit.keep(image.file().size());
            if (!holding) {
                answer.close();
            }
            return Optional.of(answer);
        } catch (RuntimeException e) {
            image.close();
            throw e;
        }
    }

    /** Before each step: does anyone still wait? What a step leaves behind when it fails is freed. */
    private <B> Function<Developing, B> closing(Function<Developing, B> step) {
        return picture -> {
            try {
                run.requireSomeoneWaits();
                return step.apply(picture);
            } catch (Throwable e) {
                picture.close();
                throw e;
            }
        };
    }

    private void release() {
        stages.close();
        permit.close();
    }
}
