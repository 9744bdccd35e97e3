package dev.darkroom.image;

/** How many pixels a picture is wide and high; both positive. */
public record Dimensions(int width, int height) {

    public long pixels() {
        return (long) width * height;
    }

    /** So many times as wide and high, rounded. */
    public Dimensions times(double factor) {
        return new Dimensions(side(width * factor), side(height * factor));
    }

    private static int side(double pixels) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, Math.round(pixels)));
    }

    @Override
    public String toString() {
        return width + " x " + height;
    }
}
