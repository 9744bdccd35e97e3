package dev.darkroom.image.container.colour;

/** Where white, red, green and blue lie in CIE 1931's x and y. */
public record Chromaticities(double whiteX, double whiteY, double redX, double redY, double greenX, double greenY, double blueX, double blueY) {
    private static final double D65_X = 0.3127;
    private static final double D65_Y = 0.3290;
    private static final double TOLERANCE = 0.002;
    public static final Chromaticities SRGB = d65(0.64, 0.33, 0.30, 0.60, 0.15, 0.06);
    public static final Chromaticities DISPLAY_P3 = d65(0.680, 0.320, 0.265, 0.690, 0.150, 0.060);
    /** Of ROMM RGB (ISO 22028-2), beside D50. */
    public static final Chromaticities PROPHOTO = new Chromaticities(0.3457, 0.3585, 0.734699, 0.265301, 0.159597, 0.840403, 0.036598, 0.000105);

    private static Chromaticities d65(double... rgb) {
        return new Chromaticities(D65_X, D65_Y, rgb[0], rgb[1], rgb[2], rgb[3], rgb[4], rgb[5]);
    }

    /** Of a code point of ITU-T H.273, table 2; sRGB's for one that names none. */
    static Chromaticities ofCode(int primaries) {
        return switch (primaries) {
            case 4 -> new Chromaticities(0.310, 0.316, 0.67, 0.33, 0.21, 0.71, 0.14, 0.08);
            case 5 -> d65(0.64, 0.33, 0.29, 0.60, 0.15, 0.06);
            case 6, 7 -> d65(0.630, 0.340, 0.310, 0.595, 0.155, 0.070);
            case 8 -> new Chromaticities(0.310, 0.316, 0.681, 0.319, 0.243, 0.692, 0.145, 0.049);
            case 9 -> d65(0.708, 0.292, 0.170, 0.797, 0.131, 0.046);
            case 11 -> new Chromaticities(0.314, 0.351, 0.680, 0.320, 0.265, 0.690, 0.150, 0.060);
            case 12 -> DISPLAY_P3;
            case 22 -> d65(0.630, 0.340, 0.295, 0.605, 0.155, 0.077);
            default -> SRGB;
        };
    }

    /** XYZ of red, green and blue as they look beside white of D50. */
    public double[][] columns() {
        return MatrixProfile.columns(this);
    }

    boolean whiteIsD65() {
        return Math.abs(whiteX - D65_X) < TOLERANCE && Math.abs(whiteY - D65_Y) < TOLERANCE;
    }

    public boolean isSrgb() {
        return whiteIsD65() && near(redX, SRGB.redX) && near(redY, SRGB.redY) && near(greenX, SRGB.greenX) && near(greenY, SRGB.greenY)
                && near(blueX, SRGB.blueX) && near(blueY, SRGB.blueY);
    }

    /** Whether they span colours at all. */
    public boolean areSensible() {
        double area = (greenX - redX) * (blueY - redY) - (blueX - redX) * (greenY - redY);
        return whiteY > 0.05 && redY > 0.01 && greenY > 0.01 && blueY > 0.005 && Math.abs(area) > 0.01;
    }

    private static boolean near(double one, double other) {
        return Math.abs(one - other) < TOLERANCE;
    }
}
