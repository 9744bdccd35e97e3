package dev.darkroom.enhance;

import dev.darkroom.batching.Admission;
import dev.darkroom.batching.Deadline;
import dev.darkroom.batching.Work;
import dev.darkroom.image.EncodeOptions;
import dev.darkroom.image.EncodedImage;
import dev.darkroom.image.ImageDecoder;
import dev.darkroom.image.ImageEncoder;
import dev.darkroom.image.Photo;
import dev.darkroom.image.Raster;
import dev.darkroom.image.codec.PixelDecoder;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.Metadata;
import dev.darkroom.inference.InferenceEngine;
import dev.darkroom.inference.checkpoint.TorchScriptCheckpoint;
import dev.darkroom.model.store.Lease;
import dev.darkroom.model.store.ModelStore;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Enhances uploads: everything that can be refused from the header alone is refused here, before a pixel is decoded. */
public final class Enhancer implements AutoCloseable {
    private final ModelStore<TorchScriptCheckpoint> store;
    private final InferenceEngine engine;
    private final Admission admission;
    private final EnhanceSettings settings;
    private final ExecutorService codecs;
    /** Between JPEG and PNG. */
    private final PixelPace codecPace = new PixelPace(20);
    /** Two seconds for the largest window on a core of 2 GHz. */
    private final PixelPace shakePace = new PixelPace(9000);
    private final PixelDecoder pixels;
    private final ImageDecoder decoder;
    private final ImageEncoder encoder = new ImageEncoder();

    public Enhancer(ModelStore<TorchScriptCheckpoint> store, InferenceEngine engine, Admission admission, EnhanceSettings settings) {
        this.store = store;
        this.engine = engine;
        this.admission = admission;
        this.settings = settings;
        pixels = PixelDecoder.in(settings.decoderProcesses());
        decoder = new ImageDecoder(settings.limits(), pixels);
        codecs = Executors.newFixedThreadPool(settings.codecThreads(), task -> new Thread(task, "codec"));
    }

    /**
     * Starts work on an upload.
     *
     * @param upload the image file, from position to limit; not to be changed until the enhancement has ended
     * @throws RuntimeException one of the typed failures of this package, {@code image}, {@code model} and {@code batching} if the
     *     request is refused
     */
    public Enhancement enhance(ByteBuffer upload, EnhanceRequest request) {
        var timing = new Timing();
        var deadline = Deadline.in(timeout(request));
        Order order = Order.of(upload, request, settings.limits());
        Lease<TorchScriptCheckpoint> lease = store.acquire(request.task(), request.model(), request.scale());
        try {
            TilePlan plan = order.plan(lease.checkpoint());
            Admission.Permit permit = admission.admit(work(order, plan, lease), deadline);
            timing.ended(Timing.Step.ADMIT);
            return new Enhancement(order, plan, deadline, lease, permit, timing, this).start();
        } catch (RuntimeException e) {
            lease.close();
            throw e;
        }
    }

    /** Encodes and decodes a pixel in every format, so that no request pays for loading the codecs. */
    public void warmUp() {
        for (ImageFormat format : ImageFormat.WRITTEN) {
            try (var photo = new Photo(Raster.allocate(1, 1, 3, 8), Optional.empty(), Metadata.NONE)) {
                EncodedImage file = encoder.encode(photo, EncodeOptions.of(format));
                decoder.decode(ByteBuffer.wrap(file.bytes())).close();
            }
        }
    }

    /** Devices and codecs work at the same time, so the slower of the two decides how long much work takes. */
    private Work work(Order order, TilePlan plan, Lease<TorchScriptCheckpoint> lease) {
        Duration onDevices = engine.asThingsGo(plan.time());
        Duration inCodecs = codecPace.of(order.codedPixels()).plus(shakePace.of(order.pixelsOfShake(lease.manifest()))).dividedBy(settings.codecThreads());
        return new Work(order.header().pixels(), order.bytes(lease.manifest()), onDevices.compareTo(inCodecs) > 0 ? onDevices : inCodecs);
    }

    private Duration timeout(EnhanceRequest request) {
        return request.timeout().filter(asked -> asked.compareTo(settings.timeout()) < 0).orElse(settings.timeout());
    }

    PixelPace shakePace() {
        return shakePace;
    }

    PixelPace codecPace() {
        return codecPace;
    }

    ExecutorService codecs() {
        return codecs;
    }

    ImageDecoder decoder() {
        return decoder;
    }

    ImageEncoder encoder() {
        return encoder;
    }

    InferenceEngine engine() {
        return engine;
    }

    /** Takes nothing new; what has been accepted is finished. */
    @Override
    public void close() {
        codecs.shutdown();
        pixels.close();
    }
}
