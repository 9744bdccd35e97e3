package dev.darkroom.enhance;

import dev.darkroom.estimate.Condition;
import dev.darkroom.estimate.shake.Shake;
import dev.darkroom.image.ImageLimits;
import dev.darkroom.image.ImageProbe;
import dev.darkroom.image.file.ImageException;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.ImageHeader;
import dev.darkroom.inference.checkpoint.TorchScriptCheckpoint;
import dev.darkroom.model.Manifest;
import java.nio.ByteBuffer;

/** An upload and what is wanted of it, as far as that can be known without decoding a pixel. */
record Order(ByteBuffer upload, ImageHeader header, EnhanceRequest request) {

    /**
     * Reads the header.
     *
     * @throws ImageException      if this is no image that is read, or it or the answer is too large
     * @throws UnfitImageException if the task can do nothing with it
     */
    static Order of(ByteBuffer upload, EnhanceRequest request, ImageLimits limits) {
        var order = new Order(upload, ImageProbe.probe(upload, limits), request);
        request.pattern().ifPresent(pattern -> Mosaic.require(order.header));
        limits.checkEnlarged(order.header, order.scale());
        order.format().requireHolds(order.scale() * order.header.uprightWidth(), order.scale() * order.header.uprightHeight());
        return order;
    }

    /** How many times as wide and high the answer is. */
    int scale() {
        return request.scale().orElse(1);
    }

    /** Of the answer. */
    ImageFormat format() {
        ImageFormat own = request.pattern().isPresent() ? ImageFormat.PNG : header.format().answer();
        return request.formats().isEmpty() || request.formats().contains(own) ? own : request.formats().get(0);
    }

    /** What need not be found out. */
    Condition.Known known() {
        return new Condition.Known(request.sigma255(), request.pattern().isPresent(), header.jpeg());
    }

    /** What the codecs have to do, in pixels that are decoded and encoded again. */
    long codedPixels() {
        return header.pixels() * (1 + (long) scale() * scale()) / 2;
    }

    /** In which a shake is looked for; 0 if the network does not ask for it. */
    long pixelsOfShake(Manifest manifest) {
        boolean asked = manifest.condition().contains(Shake.CONDITION);
        return asked ? (long) Math.min(Shake.LARGEST_WINDOW, header.width()) * Math.min(Shake.LARGEST_WINDOW, header.height()) : 0;
    }

    /** Decoded and restored pixels, alpha included. */
    long bytes(Manifest manifest) {
        int channels = manifest.channels().restored(header.channels()) + (header.alpha() ? 1 : 0);
        long restoredPixels = header.pixels() * scale() * scale();
        return header.decodedBytes() + restoredPixels * channels * (header.bitsPerSample() > 8 ? 2 : 1);
    }

    /** Decoding turns the picture upright, and with a mosaic its pattern. */
    TilePlan plan(TorchScriptCheckpoint checkpoint) {
        int width = header.uprightWidth();
        int height = header.uprightHeight();
        return request.pattern()
                .map(stored -> stored.upright(header.orientation(), header.width(), header.height()))
                .map(pattern -> TilePlan.ofMosaic(checkpoint, width, height, pattern))
                .orElseGet(() -> TilePlan.of(checkpoint, width, height));
    }
}
