package dev.darkroom.adopt;

import dev.darkroom.enhance.EnhanceRequest;
import dev.darkroom.enhance.EnhanceSettings;
import dev.darkroom.enhance.Instruments;
import dev.darkroom.enhance.Pipeline;
import dev.darkroom.enhance.StepRequest;
import dev.darkroom.image.EncodeOptions;
import dev.darkroom.image.EncodedImage;
import dev.darkroom.image.ImageDecoder;
import dev.darkroom.image.ImageEncoder;
import dev.darkroom.image.Photo;
import dev.darkroom.image.Raster;
import dev.darkroom.image.codec.PixelDecoder;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.Metadata;
import dev.darkroom.inference.checkpoint.InferenceSettings;
import dev.darkroom.model.CheckpointId;
import dev.darkroom.model.Manifest;
import dev.darkroom.model.ModelRequest;
import dev.darkroom.model.Task;
import dev.darkroom.model.store.ModelEntry;
import dev.darkroom.model.store.ModelState;
import dev.darkroom.train.photo.Planes;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletionException;

/** A store with one checkpoint, run as the service runs it: its checks, its self-test, its calibration, a picture of two tiles. */
final class Trial {
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private Trial() {}

    /**
     * How the restored picture came about.
     *
     * @param secondsPerTile of the smallest size, alone
     */
    record Outcome(String device, double secondsPerTile, int tiles) {}

    /** @throws AdoptionException if the service would refuse the checkpoint, or fails on the picture */
    static Outcome of(Path store, Manifest manifest) {
        EnhanceSettings standard = EnhanceSettings.defaults();
        var patient = new EnhanceSettings(standard.limits(), standard.capacity(), LONGEST, 1);
        try (var pipeline = Pipeline.open(store, InferenceSettings.defaults(), patient, Instruments.none())) {
            pipeline.store().reload().forEach(Trial::requireReady);
            var enhancement = pipeline.enhancer().enhance(ByteBuffer.wrap(picture(manifest)), request(manifest));
            try (var result = enhancement.result().toCompletableFuture().join(); var lease = pipeline.store().acquire(manifest.task(), ModelRequest.parse(manifest.loss()))) {
                requireEnlarged(result.image(), manifest);
                return new Outcome(result.steps().get(0).device(), lease.checkpoint().calibration().points().get(0).milliseconds() / 1e3, result.timing().tiles());
            }
        } catch (CompletionException e) {
            throw new AdoptionException("the engine fails on a picture: " + e.getCause().getMessage(), e);
        }
    }

    private static void requireReady(ModelEntry entry) {
        if (entry.state() instanceof ModelState.Failed failed) {
            throw new AdoptionException("the service would refuse it: " + failed.reason());
        }
    }

    private static EnhanceRequest request(Manifest manifest) {
        CheckpointId id = manifest.id();
        OptionalDouble scale = manifest.task() == Task.SUPER_RESOLVE ? OptionalDouble.of(manifest.scale()) : OptionalDouble.empty();
        return EnhanceRequest.of(new StepRequest(manifest.task(), ModelRequest.parse(id.loss()), OptionalDouble.empty(), scale, Optional.empty(), 1));
    }

    /** A little more than any tile. */
    private static int width(Manifest manifest) {
        return Collections.max(manifest.tiles()) + 40;
    }

    private static byte[] picture(Manifest manifest) {
        Planes scene = Scene.of(manifest.channels().in(), 40, width(manifest));
        ByteBuffer samples = ByteBuffer.allocateDirect(scene.values().length);
        for (int y = 0; y < scene.height(); y++) {
            for (int x = 0; x < scene.width(); x++) {
                for (int channel = 0; channel < scene.channels(); channel++) {
                    samples.put((byte) Math.round(255 * scene.get(channel, y, x)));
                }
            }
        }
        Raster raster = Raster.allocate(scene.width(), scene.height(), scene.channels(), 8);
        raster.write(raster.bounds(), samples.flip(), raster.bounds());
        try (var photo = new Photo(raster, Optional.empty(), Metadata.NONE)) {
            try (EncodedImage file = new ImageEncoder().encode(photo, EncodeOptions.of(ImageFormat.PNG))) {
                return file.bytes();
            }
        }
    }

    private static void requireEnlarged(EncodedImage image, Manifest manifest) {
        try (PixelDecoder pixels = PixelDecoder.in(0);
                Photo photo = new ImageDecoder(EnhanceSettings.defaults().limits(), pixels).decode(ByteBuffer.wrap(image.bytes()))) {
            int width = width(manifest) * manifest.scale();
            if (photo.pixels().width() != width) {
                throw new AdoptionException("the picture came back %d pixels wide instead of %d".formatted(photo.pixels().width(), width));
            }
        }
    }
}
