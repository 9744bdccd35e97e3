package dev.darkroom.score;

import dev.darkroom.image.ImageDecoder;
import dev.darkroom.image.Raster;
import dev.darkroom.image.tile.Region;
import dev.darkroom.loss.Samples;
import java.util.ArrayList;
import java.util.List;

/** Decoded pictures: all of a request's, before any is measured, so that a damaged one costs no measuring. */
final class Pictures implements AutoCloseable {
    private final List<Raster> rasters = new ArrayList<>();

    private Pictures() {}

    /** @throws dev.darkroom.score.PartException if one cannot be decoded or measured */
    static Pictures decode(List<PictureFile> files, ImageDecoder decoder, Profiles profiles) {
        var pictures = new Pictures();
        try {
            files.forEach(file -> pictures.rasters.add(file.decode(decoder, profiles)));
            return pictures;
        } catch (Throwable e) {
            pictures.close();
            throw e;
        }
    }

    /** Valid until this is closed. */
    Samples samples(int index) {
        Raster raster = rasters.get(index);
        return new Samples(raster.width(), raster.height(), raster.channels(), raster.bits(),
                (first, count, samples) -> raster.read(new Region(0, first, raster.width(), count), samples));
    }

    /** Of each of them, upright. */
    int width() {
        return rasters.get(0).width();
    }

    int height() {
        return rasters.get(0).height();
    }

    long pixels() {
        return (long) width() * height();
    }

    @Override
    public void close() {
        rasters.forEach(Raster::close);
    }
}
