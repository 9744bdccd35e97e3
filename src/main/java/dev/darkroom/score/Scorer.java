package dev.darkroom.score;

import dev.darkroom.batching.Admission;
import dev.darkroom.batching.Deadline;
import dev.darkroom.batching.NotReadyException;
import dev.darkroom.batching.Work;
import dev.darkroom.image.ImageDecoder;
import dev.darkroom.image.codec.PixelDecoder;
import dev.darkroom.image.file.ImageHeader;
import dev.darkroom.image.file.ImageTooLargeException;
import dev.darkroom.loss.network.FeatureNetworks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Measures pictures, one request at a time on each device; everything that can be refused from the headers alone is refused
 * before a pixel is decoded.
 */
public final class Scorer implements AutoCloseable {
    /** Of an RGB pair in float64 with the copies that a convention and a difference make. */
    private static final long BYTES_PER_PIXEL = 3 * 96;
    /** Of a network's features of both pictures; they are computed in windows of at most so many pixels. */
    private static final long FEATURE_BYTES_PER_PIXEL = 2_000;
    private static final long WINDOW_PIXELS = 736 * 736;

    private final Admission admission;
    private final ScoreSettings settings;
    private final FeatureNetworks networks;
    private final PixelDecoder pixels;
    private final ImageDecoder decoder;
    private final MeasurePace pace = new MeasurePace();
    private final BlockingQueue<String> idleDevices;
    private final ExecutorService threads;

    /** @param networks closed with this */
    public Scorer(Admission admission, ScoreSettings settings, FeatureNetworks networks) {
        this.admission = admission;
        this.settings = settings;
        this.networks = networks;
        pixels = PixelDecoder.in(settings.decoderProcesses());
        decoder = new ImageDecoder(settings.limits(), pixels);
        idleDevices = new LinkedBlockingQueue<>(settings.devices());
        threads = Executors.newFixedThreadPool(settings.devices().size(), task -> new Thread(task, "score"));
    }

    /**
     * Starts measuring.
     *
     * @param onMeasured called after each metric of each candidate
     * @throws RuntimeException one of the typed failures of this package, {@code image} and {@code batching} if the request is
     *     refused
     */
    public Scoring score(PictureFile reference, List<PictureFile> candidates, ScoreRequest request, Runnable onMeasured) {
        var deadline = Deadline.in(settings.timeout());
        ImageHeader size = reference.header(settings.limits());
        List<ImageHeader> headers = new ArrayList<>(List.of(size));
        for (PictureFile candidate : candidates) {
            headers.add(candidate.header(settings.limits()));
            candidate.naming(() -> requireSameSize(headers.get(headers.size() - 1), size));
        }
        request.requirePixels(size.uprightWidth(), size.uprightHeight());
        Admission.Permit permit = admission.admit(work(headers, request), deadline);
        try {
            return new Scoring(reference, candidates, size, request, deadline, permit, this, onMeasured).start(threads);
        } catch (RejectedExecutionException e) {
            permit.close();
            throw new NotReadyException("The service is shutting down.");
        }
    }

    private static ImageHeader requireSameSize(ImageHeader candidate, ImageHeader reference) {
        if (candidate.uprightWidth() != reference.uprightWidth() || candidate.uprightHeight() != reference.uprightHeight()) {
            throw new DifferentSizesException(candidate.uprightWidth(), candidate.uprightHeight(),
                    reference.uprightWidth(), reference.uprightHeight());
        }
        return candidate;
    }

    private Work work(List<ImageHeader> pictures, ScoreRequest request) {
        long pixels = pictures.get(0).pixels();
        long bytes = pictures.stream().mapToLong(ImageHeader::decodedBytes).sum() + BYTES_PER_PIXEL * pixels;
        if (request.metrics().stream().anyMatch(Metric::runsANetwork)) {
            bytes += FEATURE_BYTES_PER_PIXEL * Math.min(pixels, WINDOW_PIXELS);
        }
        Duration each = request.metrics().stream().map(metric -> pace.of(metric, pixels)).reduce(Duration.ZERO, Duration::plus);
        var work = new Work(pixels * pictures.size(), bytes, each.multipliedBy(pictures.size() - 1));
        requireCapacity(work);
        return work;
    }

    private void requireCapacity(Work work) {
        if (work.pixels() > settings.capacity().pixels() || work.bytes() > settings.capacity().bytes()) {
            throw new ImageTooLargeException(String.format(Locale.ROOT, "comparing these images takes %.1f megapixels and %.2f GB of memory, "
                    + "there are %.1f and %.2f", work.pixels() / 1e6, work.bytes() / 1e9,
                    settings.capacity().pixels() / 1e6, settings.capacity().bytes() / 1e9));
        }
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
        return pace;
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
