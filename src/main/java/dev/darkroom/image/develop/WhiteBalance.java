package dev.darkroom.image.develop;

/** What is to become gray. */
public sealed interface WhiteBalance {
    WhiteBalance AS_SHOT = new AsShot();

    /** As the camera has it. */
    record AsShot() implements WhiteBalance {}

    /**
     * By factors of the camera's own colours, of which only the proportions count.
     *
     * @param red   0.01 to 100, and so the others
     */
    record Factors(double red, double green, double blue) implements WhiteBalance {
        private static final double MOST = 100;

        /** @throws IllegalArgumentException if one is out of its range */
        public Factors {
            if (!isSensible(red) || !isSensible(green) || !isSensible(blue)) {
                throw new IllegalArgumentException("factors must be from 0.01 to 100");
            }
        }

        private static boolean isSensible(double factor) {
            return factor >= 1 / MOST && factor <= MOST;
        }
    }

    /** The light of a black body of that temperature, 2000 to 25000 kelvin. */
    record Temperature(double kelvin) implements WhiteBalance {
        static final double LOWEST = 2000;
        static final double HIGHEST = 25_000;

        /** @throws IllegalArgumentException if it is out of its range */
        public Temperature {
            if (!(kelvin >= LOWEST && kelvin <= HIGHEST)) {
                throw new IllegalArgumentException("a temperature must be from 2000 to 25000 kelvin");
            }
        }
    }
}
