package dev.darkroom.enhance;

import dev.darkroom.estimate.Condition;
import dev.darkroom.image.BayerPattern;
import dev.darkroom.image.Dimensions;
import dev.darkroom.image.EncodeOptions;
import dev.darkroom.image.Framing;
import dev.darkroom.image.ImageLimits;
import dev.darkroom.image.ImageProbe;
import dev.darkroom.image.OutputException;
import dev.darkroom.image.develop.DevelopSettings;
import dev.darkroom.image.develop.Development;
import dev.darkroom.image.file.ImageException;
import dev.darkroom.image.container.ImageFile;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.ImageHeader;
import dev.darkroom.image.file.JpegCoding;
import dev.darkroom.image.raw.RawFile;
import dev.darkroom.inference.checkpoint.TorchScriptCheckpoint;
import dev.darkroom.model.Task;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * An upload and what is wanted of it, as far as that can be known without decoding a pixel.
 *
 * @param halo        of tiles, as far as the upload's depth allows
 * @param development of a DNG; empty of a picture that is one already
 */
record Order(ByteBuffer upload, ImageHeader header, EnhanceRequest request, Halo halo, Optional<Development> development) {

    /**
     * Reads the header.
     *
     * @throws ImageException      if this is no image that is read, or it or the answer is too large
     * @throws UnfitImageException if the first task can do nothing with it
     * @throws OutputException     if the answer cannot be written as it is asked for
     * @throws EnhanceParameterException if a parameter is not for such an upload
     */
    static Order of(ByteBuffer upload, EnhanceRequest request, EnhanceSettings settings) {
        boolean raw = request.first().task() == Task.DEMOSAIC && ImageFile.of(upload).isDng();
        Order order = raw ? ofRaw(upload, request, settings.limits()) : ofPicture(upload, request, settings);
        settings.limits().checkEnlarged(order.restored());
        order.encoding(); // which says what cannot be written
        Dimensions answer = order.framing().size();
        order.format().requireHolds(answer.width(), answer.height());
        return order;
    }

    private static Order ofPicture(ByteBuffer upload, EnhanceRequest request, EnhanceSettings settings) {
        ImageHeader header = ImageProbe.probe(upload, settings.limits());
        var order = new Order(upload, header, request, header.bitsPerSample() > 8 ? Halo.EXACT : settings.halo(), Optional.empty());
        if (order.isMosaic()) {
            Mosaic.require(order.header);
        }
        if (request.first().development().isPresent()) {
            throw new EnhanceParameterException("wb, profile, exposure and tone develop a camera's raw file (DNG), but this is a " + order.header.format().name());
        }
        return order;
    }

    private static Order ofRaw(ByteBuffer upload, EnhanceRequest request, ImageLimits limits) {
        RawFile file = RawFile.of(upload, limits);
        StepRequest step = request.first();
        if (step.pattern().isPresent()) {
            throw new EnhanceParameterException("pattern is for PNG and TIFF: a DNG says itself what pattern it has");
        }
        return new Order(upload, file.header(), request, Halo.EXACT, Optional.of(Development.of(file, step.development().orElse(DevelopSettings.DEFAULT))));
    }

    private boolean isMosaic() {
        return request.first().task() == Task.DEMOSAIC;
    }

    /** Of the upright picture. */
    Dimensions size() {
        return new Dimensions(header.uprightWidth(), header.uprightHeight());
    }

    /** What the steps make of it. */
    Dimensions restored() {
        Dimensions size = size();
        for (StepRequest step : request.steps()) {
            size = step.of(size);
        }
        return size;
    }

    /** What of the restored picture is given back, and how large. */
    Framing framing() {
        Dimensions restored = restored();
        return request.answer().size().map(target -> target.of(restored)).orElseGet(() -> Framing.whole(restored, restored));
    }

    boolean isFramed() {
        return !framing().keeps(restored());
    }

    /** Of the answer. */
    ImageFormat format() {
        ImageFormat own = isMosaic() ? ImageFormat.PNG : header.answer();
        return request.answer().formats().isEmpty() || request.answer().formats().contains(own) ? own : request.answer().formats().get(0);
    }

    EncodeOptions encoding() {
        return new EncodeOptions(format(), request.answer().coding(), request.answer().metadata());
    }

    /**
     * What need not be found out.
     *
     * @param untouched whether the picture is still as the file has it, whose tables say nothing of any other
     */
    Condition.Known known(StepRequest step, boolean untouched) {
        OptionalDouble byCamera = untouched ? development.map(Development::sigma255).orElse(OptionalDouble.empty()) : OptionalDouble.empty();
        return new Condition.Known(step.sigma255().isPresent() ? step.sigma255() : byCamera, step.task() == Task.DEMOSAIC, untouched ? header.jpeg() : Optional.<JpegCoding>empty(), untouched);
    }

    /** What the codecs have to do, in pixels that are decoded and encoded again. */
    long codedPixels() {
        return (header.pixels() + framing().size().pixels()) / 2;
    }

    /** Decoding turns the picture upright, and with a mosaic its pattern. */
    TilePlan plan(StepRequest step, TorchScriptCheckpoint checkpoint, int width, int height) {
        if (step.task() != Task.DEMOSAIC) {
            return TilePlan.of(checkpoint, halo, width, height);
        }
        BayerPattern stored = development.flatMap(Development::pattern).or(step::pattern).orElse(BayerPattern.RGGB);
        TilePlan plan = TilePlan.ofMosaic(checkpoint, halo, width, height, stored.upright(header.orientation(), header.width(), header.height()));
        return development.filter(Development::isDemosaicked).isPresent() ? plan.leftOut() : plan;
    }

    /** What becomes of the pixels of a step besides what its network makes of them. */
    Optional<Development> development(StepRequest step) {
        return step.task() == Task.DEMOSAIC ? development : Optional.empty();
    }
}
