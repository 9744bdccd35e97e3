package dev.darkroom.image;

import static dev.darkroom.image.OutputException.require;

import dev.darkroom.image.tile.Region;
import java.util.OptionalInt;

/**
 * The size that a picture is to have in the end. It becomes smaller by that or stays as it is, never larger: detail that is not there is
 * super-resolve's affair.
 *
 * @param width  in pixels of the upright picture; empty: it follows from the height
 * @param height the same
 */
public record TargetSize(OptionalInt width, OptionalInt height, Fit fit) {

    /** @throws OutputException naming the parameter that is out of its range, or lacks another */
    public TargetSize {
        width.ifPresent(pixels -> require(pixels >= 1, "width must be 1 or more"));
        height.ifPresent(pixels -> require(pixels >= 1, "height must be 1 or more"));
        require(width.isPresent() || height.isPresent(), "fit needs a width, a height or both");
        require(fit == Fit.INSIDE || width.isPresent() && height.isPresent(), "fit=%s needs both width and height".formatted(fit));
    }

    /**
     * What becomes of a picture.
     *
     * @throws OutputException if it would have to be enlarged
     */
    public Framing of(Dimensions picture) {
        if (fit == Fit.INSIDE) {
            double factor = Math.min(1, Math.min(share(width, picture.width()), share(height, picture.height())));
            return new Framing(new Region(0, 0, picture.width(), picture.height()), picture.times(factor));
        }
        var size = new Dimensions(width.orElseThrow(), height.orElseThrow());
        require(size.width() <= picture.width() && size.height() <= picture.height(),
                ("the picture would have %s pixels, fewer than the %s that fit=%s asks for, and is not enlarged by that; "
                        + "ask for less, for fit=inside, or for super-resolve").formatted(picture, size, fit));
        return new Framing(fit == Fit.FILL ? new Region(0, 0, picture.width(), picture.height()) : middle(picture, size), size);
    }

    private static double share(OptionalInt wanted, int side) {
        return wanted.isPresent() ? (double) wanted.getAsInt() / side : 1;
    }

    /** The largest part of the size's shape. */
    private static Region middle(Dimensions picture, Dimensions size) {
        double times = Math.min((double) picture.width() / size.width(), (double) picture.height() / size.height());
        int across = Math.min(picture.width(), size.times(times).width());
        int down = Math.min(picture.height(), size.times(times).height());
        return new Region((picture.width() - across) / 2, (picture.height() - down) / 2, across, down);
    }
}
