package dev.darkroom.enhance;

import dev.darkroom.batching.Deadline;
import dev.darkroom.batching.Work;
import dev.darkroom.estimate.Condition;
import dev.darkroom.estimate.Findings;
import dev.darkroom.image.Dimensions;
import dev.darkroom.image.EncodedImage;
import dev.darkroom.image.Framing;
import dev.darkroom.image.Photo;
import dev.darkroom.image.Raster;
import dev.darkroom.image.file.ImageHeader;
import dev.darkroom.image.file.Orientation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.DoubleConsumer;
import java.util.stream.Stream;

/**
 * One picture restored by several checkpoints: decoded once, what there is to know of it found out once, then one checkpoint after the
 * other, so that each one's time is its own.
 */
public final class Variants implements AutoCloseable {
    private final Order order;
    private final Stages stages;
    private final Enhancer enhancer;
    private final Timing timing = new Timing();
    private volatile Run run;

    Variants(Order order, Stages stages, Enhancer enhancer) {
        this.order = order;
        this.stages = stages;
        this.enhancer = enhancer;
    }

    /** Nobody wants them: gives the checkpoints back. Once started they do so themselves. */
    @Override
    public void close() {
        stages.close();
    }

    public int count() {
        return stages.all().size();
    }

    /** What the upload's says. */
    public ImageHeader header() {
        return order.header();
    }

    /** What the results' headers will say. */
    public ImageHeader resultHeader() {
        ImageHeader header = order.header();
        int channels = stages.first().manifest().channels().restored(header.channels());
        Dimensions size = order.framing().size();
        return new ImageHeader(order.format(), size.width(), size.height(), channels,
                header.alpha() && order.format().holdsAlpha(), header.bitsPerSample(), Orientation.NONE);
    }

    /** Of the pixels of all results; their files are hardly longer than that. */
    public long bytesOfResults() {
        return count() * stages.bytesOfLargest(order.header());
    }

    /** @param copies of every result, as a file, that are held until the end */
    public Work work(int copies) {
        return enhancer.reckoning().sideBySide(order, stages, copies);
    }

    /** The work has been let in. */
    public void admitted() {
        timing.ended(Timing.Step.ADMIT);
    }

    /**
     * Restores.
     *
     * @param onLeft told the share of the devices' work that is still to be done, 0 to 1
     * @return in the order in which they were asked for
     */
    public CompletionStage<List<EnhanceResult>> start(Deadline deadline, DoubleConsumer onLeft) {
        run = enhancer.run(order, stages, deadline, onLeft);
        return CompletableFuture.supplyAsync(this::decode, run.core(enhancer.reckoning().decoding(order), stages.time())).thenCompose(this::restoreAll)
                .whenComplete((done, failure) -> stages.close());
    }

    /** Of what is done once: admit and decode. */
    public Timing timing() {
        return timing;
    }

    public Progress progress() {
        Run begun = run;
        return begun == null ? new Progress(0, stages.tiles(), enhancer.engine().asThingsGo(stages.time())) : begun.progress();
    }

    /** Stops what has been started. */
    public void cancel() {
        Run begun = run;
        if (begun != null) {
            begun.cancel();
        }
    }

    private Developing decode() {
        run.requireSomeoneWaits();
        Developing picture = enhancer.decode(order, stages, run);
        timing.ended(Timing.Step.DECODE);
        return picture;
    }

    private CompletionStage<List<EnhanceResult>> restoreAll(Developing picture) {
        var findings = new Findings(picture.picture(), order.known(stages.first().request(), true));
        List<EnhanceResult> made = new ArrayList<>();
        CompletionStage<List<EnhanceResult>> results = CompletableFuture.completedStage(made);
        for (Stage stage : stages) {
            results = results.thenComposeAsync(before -> restore(stage, picture, findings).thenApply(result -> {
                before.add(result);
                return before;
            }), run.core(enhancer.reckoning().looking(stage), stages.timeFrom(stage)));
        }
        return results.whenComplete((done, failure) -> {
            picture.close();
            if (failure != null) {
                made.forEach(EnhanceResult::close);
            }
        });
    }

    private CompletionStage<EnhanceResult> restore(Stage stage, Developing picture, Findings findings) {
        run.requireSomeoneWaits();
        var own = new Timing();
        Condition condition = run.estimate(stage, findings, own, enhancer.reckoning().shakePace());
        return run.restore(stage, picture.photo().pixels(), condition, own).thenApplyAsync(restored -> {
            try {
                run.requireSomeoneWaits();
                EncodedImage image = encode(picture, restored.pixels());
                own.ended(Timing.Step.ENCODE);
                // The work's own memory has room for it.
                return new EnhanceResult(image, Optional.empty(), List.of(EnhanceResult.Step.of(stage, condition, restored.kept())), own);
            } finally {
                restored.pixels().ifPresent(Raster::close);
            }
        }, run.core(enhancer.reckoning().encoding(order), stages.timeAfter(stage)));
    }

    /** The picture stays as it is, for the next one. */
    private EncodedImage encode(Developing picture, Optional<Raster> restored) {
        List<Photo> made = new ArrayList<>(List.of(picture.photo()));
        try {
            restored.ifPresent(pixels -> made.add(last(made).restoredAs(pixels)));
            for (Framing framing : List.of(Framing.whole(last(made).size(), order.restored()), order.framing())) {
                if (!framing.keeps(last(made).size())) {
                    made.add(last(made).framed(framing));
                }
            }
            if (picture.grayInColour()) {
                made.add(last(made).threefold());
            }
            return enhancer.encoder().encode(last(made), order.encoding());
        } finally {
            made.stream().flatMap(photo -> Stream.concat(Stream.of(photo.pixels()), photo.alpha().stream()))
                    .filter(raster -> raster != picture.photo().pixels() && picture.photo().alpha().stream().noneMatch(own -> own == raster)).forEach(Raster::close);
        }
    }

    private static Photo last(List<Photo> photos) {
        return photos.get(photos.size() - 1);
    }
}
