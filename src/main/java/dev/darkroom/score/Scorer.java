package dev.darkroom.score;

import dev.darkroom.batching.Admission;
import dev.darkroom.batching.Deadline;
import dev.darkroom.batching.NotReadyException;
import dev.darkroom.batching.Work;
import dev.darkroom.image.ImageDecoder;
import dev.darkroom.image.codec.PixelDecoder;
import dev.darkroom.image.file.ImageHeader;
import dev.darkroom.inference.device.Turns;
import dev.darkroom.loss.network.FeatureNetworks;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Measures pictures, one request at a time on each device, in turns with whatever else is calculated there; everything that can be refused from the headers alone is refused
 * before a pixel is decoded.
 */
public final class Scorer implements AutoCloseable {
    private final Admission admission;
    private final ScoreSettings settings;
    private final FeatureNetworks networks;
    private final PixelDecoder pixels;
    private final ImageDecoder decoder;
    private final MeasuringCost cost;
    private final Turns turns;
    private final BooleanSupplier givesWay;
    private final BlockingQueue<String> idleDevices;
    private final ExecutorService threads;

    /** With devices of its own. */
    public Scorer(Admission admission, ScoreSettings settings, FeatureNetworks networks) {
        this(admission, settings, networks, new Turns(), () -> false);
    }

    /**
     * @param networks closed with this
     * @param turns    taken for each layer of a network
     * @param givesWay whether there is something now that measuring is to wait for
     */
    public Scorer(Admission admission, ScoreSettings settings, FeatureNetworks networks, Turns turns, BooleanSupplier givesWay) {
        this.admission = admission;
        this.turns = turns;
        this.givesWay = givesWay;
        this.settings = settings;
        cost = new MeasuringCost(settings.capacity());
        this.networks = networks;
        pixels = PixelDecoder.in(settings.decoderProcesses());
        decoder = new ImageDecoder(settings.limits(), pixels);
        idleDevices = new LinkedBlockingQueue<>(settings.devices());
        threads = Executors.newFixedThreadPool(settings.devices().size(), task -> new Thread(task, "score"));
    }

    /**
     * Starts measuring, within the service's limit of time.
     *
     * @param onMeasured called after each metric of each candidate
     * @throws RuntimeException one of the typed failures of this package, {@code image} and {@code batching} if the request is
     *     refused
     */
    public Scoring score(PictureFile reference, List<PictureFile> candidates, ScoreRequest request, Runnable onMeasured) {
        return score(reference, candidates, request, settings.timeout(), onMeasured);
    }

    /** {@link #score(PictureFile, List, ScoreRequest, Runnable)} within a limit of time of its own. */
    public Scoring score(PictureFile reference, List<PictureFile> candidates, ScoreRequest request, Duration limit, Runnable onMeasured) {
        var deadline = Deadline.in(limit);
        ImageHeader size = reference.header(settings.limits());
        List<ImageHeader> headers = candidates.stream().map(candidate -> header(candidate, size)).toList();
        Admission.Permit permit = admission.admit(work(size, headers, request), deadline);
        try {
            return admitted(reference, candidates, request, deadline, new Scoring.Watcher(permit::left, onMeasured, permit::close));
        } catch (Throwable e) {
            permit.close();
            throw e;
        }
    }

    /** Starts measuring what has been admitted already, as a part of other work. */
    public Scoring admitted(PictureFile reference, List<PictureFile> candidates, ScoreRequest request, Deadline deadline, Scoring.Watcher watcher) {
        try {
            return new Scoring(reference, candidates, request, deadline, this, watcher).start(threads);
        } catch (RejectedExecutionException e) {
            throw stopping();
        }
    }

    /**
     * Reads the header of a picture that will be measured against one of this size.
     *
     * @throws PartException if it is no image that is read, too large, or of another size
     */
    public ImageHeader header(PictureFile picture, ImageHeader other) {
        ImageHeader header = picture.header(settings.limits());
        return picture.naming(() -> requireSameSize(header, other));
    }

    /** Fails as measuring this picture would, before anything is made to be measured with it. */
    public CompletionStage<Void> check(PictureFile picture) {
        try {
            return CompletableFuture.runAsync(() -> picture.decode(decoder, Profiles.IGNORED).close(), threads);
        } catch (RejectedExecutionException e) {
            throw stopping();
        }
    }

    private static NotReadyException stopping() {
        return new NotReadyException("The service is shutting down.");
    }

    private static ImageHeader requireSameSize(ImageHeader candidate, ImageHeader reference) {
        if (candidate.uprightWidth() != reference.uprightWidth() || candidate.uprightHeight() != reference.uprightHeight()) {
            throw new DifferentSizesException(candidate.uprightWidth(), candidate.uprightHeight(),
                    reference.uprightWidth(), reference.uprightHeight());
        }
        return candidate;
    }

    /**
     * What measuring asks of the service, the candidates' pixels included.
     *
     * @throws ScoreParameterException if the crop leaves nothing of the pictures
     * @throws ImageTooLargeException  if there would not be room for it if there were nothing else
     */
    public Work work(ImageHeader reference, List<ImageHeader> candidates, ScoreRequest request) {
        request.requirePixels(reference.uprightWidth(), reference.uprightHeight());
        return cost.of(reference, candidates, request);
    }

    public Admission admission() {
        return admission;
    }

    /** The networks that metrics run on. */
    public FeatureNetworks networks() {
        return networks;
    }

    ImageDecoder decoder() {
        return decoder;
    }

    MeasurePace pace() {
        return cost.pace();
    }

    /** @param requireSomeoneWaits throws if nobody waits for the measuring */
    MeasuringTurn turn(String device, Runnable requireSomeoneWaits) {
        return new MeasuringTurn(turns.of(device), givesWay, requireSomeoneWaits);
    }

    /** There are as many as threads that measure, so that none waits. */
    BlockingQueue<String> idleDevices() {
        return idleDevices;
    }

    /** Finishes accepted work, then frees the networks. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (threads.awaitTermination(settings.timeout().toNanos(), TimeUnit.NANOSECONDS)) {
                networks.close();
                pixels.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
