package dev.darkroom.train.evaluation;

import dev.darkroom.image.file.JpegCoding;
import dev.darkroom.train.photo.Planes;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One degraded picture and what it should be.
 *
 * @param input    (C,H,W): what a restorer is shown; unclipped noise may exceed [0,1]
 * @param target   the clean picture
 * @param sigma255 the noise's standard deviation on the 0..255 scale, which a restorer is told; empty: it has to find out, as for a caller
 *                 who names no sigma
 * @param jpeg     what the file says that the input is from; empty if that is no JPEG file
 */
record Trial(Planes input, Planes target, OptionalDouble sigma255, Optional<JpegCoding> jpeg) {

    /** In a file without loss, of which nothing is said. */
    static Trial of(Planes input, Planes target) {
        return new Trial(input, target, OptionalDouble.empty(), Optional.empty());
    }

    static Trial noisy(Planes input, Planes target, double sigma255) {
        return new Trial(input, target, OptionalDouble.of(sigma255), Optional.empty());
    }

    static Trial jpeg(Planes input, Planes target, int quality, boolean halved) {
        return new Trial(input, target, OptionalDouble.empty(), Optional.of(new JpegCoding(quality, halved ? 1 : 0)));
    }
}
