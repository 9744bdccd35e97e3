package dev.darkroom.image.develop;

/** The white of a light, CIE 1931. */
record White(double x, double y) {
    static final White D50 = new White(0.3457, 0.3585);

    double[] xyz() {
        return new double[] {x / y, 1, (1 - x - y) / y};
    }

    static White of(double[] xyz) {
        double sum = xyz[0] + xyz[1] + xyz[2];
        return new White(xyz[0] / sum, xyz[1] / sum);
    }

    /** Correlated colour temperature (McCamy, 1992), kelvin, kept within what cameras are made for. */
    double kelvin() {
        double n = (x - 0.3320) / (0.1858 - y);
        double kelvin = ((449 * n + 3525) * n + 6823.3) * n + 5520.33;
        return Math.max(WhiteBalance.Temperature.LOWEST, Math.min(WhiteBalance.Temperature.HIGHEST, kelvin));
    }

    /** Of a black body of 1667 to 25000 kelvin (Kim et al., US patent 7024034, 2006). */
    static White ofBlackBody(double kelvin) {
        double k = 1000 / kelvin;
        double x = kelvin <= 4000 ? ((-0.2661239 * k - 0.2343589) * k + 0.8776956) * k + 0.179910
                : ((-3.0258469 * k + 2.1070379) * k + 0.2226347) * k + 0.240390;
        double y = kelvin <= 2222 ? ((-1.1063814 * x - 1.34811020) * x + 2.18555832) * x - 0.20219683
                : kelvin <= 4000 ? ((-0.9549476 * x - 1.37418593) * x + 2.09137015) * x - 0.16748867
                : ((3.0817580 * x - 5.87338670) * x + 3.75112997) * x - 0.37001483;
        return new White(x, y);
    }

    boolean isSensible() {
        return x > 0.05 && y > 0.05 && x + y < 0.95;
    }
}
