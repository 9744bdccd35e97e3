package dev.darkroom.enhance;

import dev.darkroom.batching.Admission;
import dev.darkroom.batching.Deadline;
import dev.darkroom.batching.Standing;
import dev.darkroom.cores.Cores;
import dev.darkroom.image.EncodeOptions;
import dev.darkroom.image.EncodedImage;
import dev.darkroom.image.ImageDecoder;
import dev.darkroom.image.ImageEncoder;
import dev.darkroom.image.Photo;
import dev.darkroom.image.Raster;
import dev.darkroom.image.codec.PixelDecoder;
import dev.darkroom.image.file.DamagedImageException;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.ImageTooLargeException;
import dev.darkroom.image.file.Metadata;
import dev.darkroom.inference.InferenceEngine;
import dev.darkroom.inference.checkpoint.TorchScriptCheckpoint;
import dev.darkroom.model.ModelRequest;
import dev.darkroom.model.store.ModelStore;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleConsumer;

/** Enhances uploads: everything that can be refused from the header alone is refused here, before a pixel is decoded. */
public final class Enhancer implements AutoCloseable {
    /** Farther from what can be seen, hidden colours hardly count. */
    private static final int MAX_FILL_RADIUS = 32;

    private final ModelStore<TorchScriptCheckpoint> store;
    private final InferenceEngine engine;
    private final Admission admission;
    private final EnhanceSettings settings;
    private final Cores cores;
    private final Reckoning reckoning;
    private final PixelDecoder pixels;
    private final ImageDecoder decoder;
    private final ImageEncoder encoder = new ImageEncoder();

    public Enhancer(ModelStore<TorchScriptCheckpoint> store, InferenceEngine engine, Admission admission, EnhanceSettings settings) {
        this.store = store;
        this.engine = engine;
        this.admission = admission;
        this.settings = settings;
        reckoning = new Reckoning(engine, settings);
        pixels = PixelDecoder.in(settings.decoderProcesses());
        decoder = new ImageDecoder(settings.limits(), pixels);
        cores = new Cores(settings.codecThreads());
    }

    /**
     * Starts work on an upload, within the service's limit of time.
     *
     * @param upload the image file, from position to limit; not to be changed until the enhancement has ended
     * @throws RuntimeException one of the typed failures of this package, {@code image}, {@code model} and {@code batching} if the
     *     request is refused
     */
    public Enhancement enhance(ByteBuffer upload, EnhanceRequest request) {
        return enhance(upload, request, settings.timeout());
    }

    /** {@link #enhance(ByteBuffer, EnhanceRequest)} within a limit of time of its own. */
    public Enhancement enhance(ByteBuffer upload, EnhanceRequest request, Duration limit) {
        return enhance(upload, request, limit, false);
    }

    /** The same; whoever gets the result closes it, and until then its image has its memory on admission's books. */
    public Enhancement enhanceAndHold(ByteBuffer upload, EnhanceRequest request) {
        return enhanceAndHold(upload, request, settings.timeout());
    }

    /** {@link #enhanceAndHold(ByteBuffer, EnhanceRequest)} within a limit of time of its own. */
    public Enhancement enhanceAndHold(ByteBuffer upload, EnhanceRequest request, Duration limit) {
        return enhance(upload, request, limit, true);
    }

    private Enhancement enhance(ByteBuffer upload, EnhanceRequest request, Duration limit, boolean holding) {
        var timing = new Timing();
        Deadline deadline = request.deadline(limit);
        Order order = Order.of(upload, request, settings);
        Stages stages = Stages.oneAfterAnother(order, store, deadline);
        try {
            Admission.Permit permit = admission.admit(reckoning.oneAfterAnother(order, stages), deadline);
            timing.ended(Timing.Step.ADMIT);
            return admitted(order, stages, deadline, permit, timing, holding);
        } catch (Throwable e) {
            stages.close();
            throw e;
        }
    }

    private Enhancement admitted(Order order, Stages stages, Deadline deadline, Admission.Permit permit, Timing timing, boolean holding) {
        try {
            return new Enhancement(order, stages, run(order, stages, deadline, permit::left), permit, timing, holding, this).start();
        } catch (Throwable e) {
            permit.close();
            throw e;
        }
    }

    /** @param onLeft told the share of the devices' work that is still to be done, 0 to 1 */
    Run run(Order order, Stages stages, Deadline deadline, DoubleConsumer onLeft) {
        Standing standing = order.request().standing();
        return new Run(stages, standing, deadline, engine, cores.share(deadline, standing.background()), onLeft);
    }

    /**
     * Gets one step of an upload ready to be done by several checkpoints.
     *
     * @param models at least one; no two may lead to one checkpoint
     * @throws RuntimeException as {@link #enhance(ByteBuffer, EnhanceRequest)}
     */
    public Variants variants(ByteBuffer upload, EnhanceRequest request, List<ModelRequest> models, Deadline deadline) {
        Order order = Order.of(upload, request, settings);
        StepRequest step = request.first();
        Stages stages = Stages.sideBySide(order, models.stream().map(step::by).toList(), store, deadline);
        return new Variants(order, stages, this);
    }

    /** The losses that can do a step, whether they are in memory or rest. */
    public List<ModelRequest> offered(StepRequest step) {
        return store.list().stream()
                .filter(entry -> entry.id().task() == step.task() && entry.state().isOffered() && (step.scale().isEmpty() || step.scalesOfNetworks().contains(entry.manifest().scale())))
                .map(entry -> entry.id().loss()).distinct().<ModelRequest>map(ModelRequest.Latest::new).toList();
    }

    /** Encodes and decodes a pixel in every format, so that no request pays for loading the codecs. */
    public void warmUp() {
        for (ImageFormat format : ImageFormat.WRITTEN) {
            try (var photo = new Photo(Raster.allocate(1, 1, 3, 8), Optional.empty(), Metadata.NONE)) {
                try (EncodedImage encoded = encoder.encode(photo, EncodeOptions.of(format))) {
                    decoder.decode(encoded.file().view()).close();
                }
            }
        }
    }

    /** Decoded, gray if it is, and without edges where it cannot be seen. */
    Developing decode(Order order, Stages stages, Run run) {
        if (order.development().isPresent()) {
            return Developing.of(order.development().get());
        }
        Photo photo = decodeInTime(order.upload(), run);
        try {
            int reach = stages.all().stream().mapToInt(stage -> stage.manifest().receptiveFieldRadius()).max().orElseThrow();
            photo.fillTransparent(Math.max(1, Math.min(MAX_FILL_RADIUS, reach)));
            return Developing.of(photo);
        } catch (Throwable e) {
            photo.close();
            throw e;
        }
    }

    /** A decoder that was given up for being too slow has not told whether the picture is damaged. */
    private Photo decodeInTime(ByteBuffer bytes, Run run) {
        try {
            return decoder.decode(bytes, run.patience());
        } catch (DamagedImageException e) {
            run.requireSomeoneWaits();
            throw e;
        }
    }

    public EnhanceSettings settings() {
        return settings;
    }

    Reckoning reckoning() {
        return reckoning;
    }

    /** On which pictures are decoded, looked at and encoded. */
    Cores cores() {
        return cores;
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
        cores.close();
        pixels.close();
    }
}
