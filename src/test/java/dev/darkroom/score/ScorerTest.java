package dev.darkroom.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import dev.darkroom.batching.Admission;
import dev.darkroom.batching.BatchingEvents;
import dev.darkroom.batching.Capacity;
import dev.darkroom.batching.DeadlineExceededException;
import dev.darkroom.batching.NotReadyException;
import dev.darkroom.enhance.Scenes;
import dev.darkroom.image.Pictures;
import dev.darkroom.loss.measure.Convention;
import dev.darkroom.loss.measure.Measure;
import dev.darkroom.loss.measure.MeasureInfo;
import dev.darkroom.loss.network.FeatureNetworks;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests that end before their time, and what they leave behind. */
class ScorerTest {
    private static final PictureFile PICTURE = new PictureFile("a.png", ByteBuffer.wrap(Scenes.smallPng()));
    private static final Capacity CAPACITY = new Capacity(1_000_000, 1 << 30, Duration.ofMinutes(1));

    private final Admission admission = new Admission(CAPACITY, Duration.ZERO, BatchingEvents.NONE);
    private final AtomicInteger measured = new AtomicInteger();
    private Scorer scorer = scorer(Duration.ofMinutes(1));

    @AfterEach
    void close() {
        scorer.close();
    }

    private Scorer scorer(Duration timeout) {
        return new Scorer(admission, new ScoreSettings(Pictures.LIMITS, CAPACITY, timeout, List.of("cpu")), new FeatureNetworks(Path.of("no-such-folder")));
    }

    private ScoreRequest request() {
        return ScoreRequest.of("mse,l1,psnr", Map.of(), Convention.RGB_8BIT, scorer.networks());
    }

    @Test
    void stopsAtTheNextMetricWhenNobodyWaits() {
        var scoring = new CompletableFuture<Scoring>();
        scoring.complete(scorer.score(PICTURE, List.of(PICTURE, PICTURE), request(), () -> {
            measured.incrementAndGet();
            scoring.join().cancel();
        }));

        assertThatThrownBy(() -> scoring.get().report().toCompletableFuture().get(1, TimeUnit.MINUTES))
                .isInstanceOf(ExecutionException.class).cause().isInstanceOf(CancellationException.class);
        assertThat(measured).hasValue(1);
        assertThat(admission.admittedPixels()).isZero();
        assertThat(admission.heldBytes()).isZero();
    }

    @Test
    void answersAtTheDeadlineAndStopsAtTheNextMetric() throws Exception {
        close();
        scorer = scorer(Duration.ofMillis(500));
        var answered = new CountDownLatch(1);
        Scoring scoring = scorer.score(PICTURE, List.of(PICTURE), request(), () -> {
            measured.incrementAndGet();
            await(answered);
        });

        assertThatThrownBy(() -> scoring.report().toCompletableFuture().get(1, TimeUnit.MINUTES))
                .isInstanceOf(ExecutionException.class).cause().isInstanceOf(DeadlineExceededException.class);
        assertThat(admission.admittedPixels()).isPositive();
        answered.countDown();
        assertThatThrownBy(() -> scoring.released().toCompletableFuture().get(1, TimeUnit.MINUTES))
                .isInstanceOf(ExecutionException.class).cause().isInstanceOf(DeadlineExceededException.class);
        assertThat(measured).hasValueLessThanOrEqualTo(1);
        assertThat(admission.admittedPixels()).isZero();
    }

    @Test
    void whatNobodyWaitsForKeepsNoRoomUntilABusyThreadComesToIt() throws Exception {
        var measuring = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        Scoring busy = scorer.score(PICTURE, List.of(PICTURE), request(), () -> {
            measuring.countDown();
            await(goOn);
        });
        measuring.await();
        long ofTheBusyOne = admission.admittedPixels();

        Scoring left = scorer.score(PICTURE, List.of(PICTURE), request(), () -> {});
        left.cancel();
        assertThatThrownBy(() -> left.released().toCompletableFuture().get(1, TimeUnit.MINUTES)).cause().isInstanceOf(CancellationException.class);

        Scoring late = scorer.score(PICTURE, List.of(PICTURE), request(), Duration.ofMillis(300), () -> {});
        assertThatThrownBy(() -> late.released().toCompletableFuture().get(1, TimeUnit.MINUTES)).cause().isInstanceOf(DeadlineExceededException.class);

        assertThat(admission.admittedPixels()).isEqualTo(ofTheBusyOne);
        goOn.countDown();
        assertThat(busy.report().toCompletableFuture().get(1, TimeUnit.MINUTES).candidates()).hasSize(1);
    }

    @Test
    void finishesWhatItHasAcceptedAndTakesNothingMore() throws Exception {
        Scoring accepted = scorer.score(PICTURE, List.of(PICTURE), request(), () -> {});
        scorer.close();

        assertThat(accepted.report().toCompletableFuture().get(1, TimeUnit.MINUTES).candidates()).hasSize(1);
        assertThatThrownBy(() -> scorer.score(PICTURE, List.of(PICTURE), request(), () -> {})).isInstanceOf(NotReadyException.class);
        assertThat(admission.admittedPixels()).isZero();
    }

    @Test
    void aMetricThatNeverHasMemoryEnoughIsTheOnlyOneWithoutAValue() throws Exception {
        var hungry = new Measure() {
            private int tries;

            @Override
            public MeasureInfo info() {
                return MeasureInfo.distance("hungry", 1, "this test");
            }

            @Override
            public NDArray compare(NDArray restored, NDArray reference) {
                tries++;
                throw new EngineException("CUDA out of memory. Tried to allocate 2.00 GiB");
            }
        };
        List<Metric> metrics = Stream.concat(Stream.of(new Metric(hungry, Convention.RGB_8BIT, Profiles.APPLIED, false)), request().metrics().stream()).toList();
        Scoring scoring = scorer.score(PICTURE, List.of(PICTURE), new ScoreRequest(metrics, 0, Profiles.APPLIED), () -> {});

        Map<String, ScoreReport.Result> results = scoring.report().toCompletableFuture().get(1, TimeUnit.MINUTES).candidates().get(0).metrics();
        assertThat(hungry.tries).isEqualTo(3);
        assertThat(results.get("hungry").error().type()).isEqualTo("urn:darkroom:problem:out-of-memory");
        assertThat(results.get("l1").value()).isZero();
    }

    @Test
    void learnsHowLongAMetricTakes() {
        var pace = new MeasurePace();
        Metric metric = request().metrics().get(0);
        Duration before = pace.of(metric, 10_000_000);
        for (int i = 0; i < 100; i++) {
            pace.observe(metric, 10_000_000, Duration.ofSeconds(5).toNanos());
        }

        assertThat(before).isLessThan(Duration.ofSeconds(5));
        assertThat(pace.of(metric, 10_000_000)).isBetween(Duration.ofMillis(4900), Duration.ofMillis(5100));
        assertThat(pace.of(metric, 1)).isPositive();
    }

    /** Two cores that do 60 GMAC a second, and take two seconds to read a network's weights the first time. */
    @Test
    void doesNotTakeTheReadingOfWeightsForThePaceOfLargePairs() {
        var pace = new MeasurePace();
        List<Metric> metrics = ScoreRequest.of("lpips,pdl,dists", Map.of(), Convention.RGB_8BIT, scorer.networks()).metrics();
        long small = 256 * 256;
        long large = 12_000_000;
        metrics.subList(0, 2).forEach(metric -> pace.observe(metric, small, nanos(metric, small) + 2_000_000_000L));
        metrics.subList(0, 2).forEach(metric -> pace.observe(metric, small, nanos(metric, small)));

        assertThat(metrics).allSatisfy(metric ->
                assertThat(pace.of(metric, large)).isBetween(Duration.ofNanos((long) (0.9 * nanos(metric, large))), Duration.ofNanos((long) (1.1 * nanos(metric, large)))));
    }

    private static long nanos(Metric metric, long pixels) {
        return (long) (MeasuringWork.of(metric, pixels) / 60);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
