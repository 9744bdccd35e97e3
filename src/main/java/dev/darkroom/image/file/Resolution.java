package dev.darkroom.image.file;

import java.util.Optional;

/** Pixels an inch, across and down; both positive. */
public record Resolution(double xDpi, double yDpi) {

    public static final double INCH_IN_CM = 2.54;

    /** TIFF's and EXIF's ResolutionUnit. */
    static final int UNIT_INCH = 2;
    public static final int UNIT_CM = 3;

    /** Empty if the numbers give only a pixel's shape, or nonsense. */
    public static Optional<Resolution> of(double x, double y, int unit) {
        double dpi = unit == UNIT_INCH ? 1 : unit == UNIT_CM ? INCH_IN_CM : 0;
        var resolution = new Resolution(x * dpi, y * dpi);
        return resolution.sensible() ? Optional.of(resolution) : Optional.empty();
    }

    private boolean sensible() {
        return xDpi >= 1 && yDpi >= 1 && xDpi <= 65_535 && yDpi <= 65_535;
    }
}
