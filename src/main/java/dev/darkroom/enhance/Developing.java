package dev.darkroom.enhance;

import dev.darkroom.estimate.picture.Picture;
import dev.darkroom.image.Dimensions;
import dev.darkroom.image.Framing;
import dev.darkroom.image.Photo;
import dev.darkroom.image.Raster;
import dev.darkroom.image.develop.Development;
import java.util.Optional;

/**
 * A decoded picture on its way through the stages.
 *
 * @param photo        whose own pixels are gone if they have been restored
 * @param restored     pixels that a stage has made of the photo's
 * @param grayInColour whether the file has three equal channels for the one that is worked on
 * @param untouched    whether the pixels are still the file's
 */
record Developing(Photo photo, Optional<Raster> restored, boolean grayInColour, boolean untouched) implements AutoCloseable {

    /** Takes over the photo. */
    static Developing of(Photo decoded) {
        Photo gray = decoded.asGray();
        return new Developing(gray, Optional.empty(), gray != decoded, true);
    }

    /** Of a DNG: what its checkpoint restores is developed too. */
    static Developing of(Development development) {
        return new Developing(new Photo(development.exposed(), Optional.empty(), development.metadata(), development.file().carried()),
                Optional.empty(), false, true);
    }

    /**
     * The picture as a photo of its own, alpha enlarged with it; takes this over.
     *
     * @param size that it has by now, which may be less than a network has made of it
     */
    Developing settled(Dimensions size) {
        if (restored.isEmpty()) {
            return this;
        }
        Photo whole = photo.restoredAs(restored.get());
        if (!whole.alpha().equals(photo.alpha())) {
            photo.close();
        }
        return new Developing(framed(whole, Framing.whole(whole.size(), size)), Optional.empty(), grayInColour, untouched);
    }

    /** Takes over the photo. */
    private static Photo framed(Photo photo, Framing framing) {
        if (framing.keeps(photo.size())) {
            return photo;
        }
        try (photo) {
            return photo.framed(framing);
        }
    }

    /** With pixels that were made of the photo's, which are freed; empty: they are as good as they can be. */
    Developing with(Optional<Raster> better) {
        better.ifPresent(pixels -> photo.pixels().close());
        return new Developing(photo, better, grayInColour, untouched && better.isEmpty());
    }

    Picture picture() {
        return Picture.of(photo);
    }

    /** As it is to be written; takes this over. */
    Photo finished(Order order) {
        Photo whole = framed(settled(order.restored()).photo, order.framing());
        if (!grayInColour) {
            return whole;
        }
        try (Raster gray = whole.pixels()) {
            return whole.threefold();
        }
    }

    @Override
    public void close() {
        photo.close();
        restored.ifPresent(Raster::close);
    }
}
