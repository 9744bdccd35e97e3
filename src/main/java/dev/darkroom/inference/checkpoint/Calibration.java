package dev.darkroom.inference.checkpoint;

import java.util.Comparator;
import java.util.List;

/**
 * How long batches of square tiles take on a device, measured; between the measured sizes it is interpolated.
 *
 * @param device what was measured, for example {@code cpu bfloat16, 2 threads}
 */
public record Calibration(String device, List<Point> points) {
    /** More tiles in a batch are only worth a small image's waiting if they gain this much. */
    private static final double WORTHWHILE = 1.03;

    /** A batch of square tiles. */
    public record Point(int side, int tiles, double milliseconds) {
        double nanosPerTile() {
            return milliseconds * 1e6 / tiles;
        }

        long pixelsPerTile() {
            return (long) side * side;
        }
    }

    public Calibration {
        points = points.stream().sorted(Comparator.comparingInt(Point::side).thenComparingInt(Point::tiles)).toList();
    }

    /** Of a single tile; infinite if its size was not measured, which makes anything else faster. */
    double milliseconds(int side) {
        return points.stream().filter(point -> point.side == side && point.tiles == 1).mapToDouble(Point::milliseconds).findFirst()
                .orElse(Double.POSITIVE_INFINITY);
    }

    /** In the batch that {@link #tiles} recommends. */
    public long nanosPerTile(TileShape shape) {
        List<Point> best = best();
        Point below = best.get(0);
        for (Point above : best) {
            if (shape.pixels() <= above.pixelsPerTile()) {
                return interpolate(below, above, shape.pixels());
            }
            below = above;
        }
        return Math.round(below.nanosPerTile() * shape.pixels() / below.pixelsPerTile());
    }

    private static long interpolate(Point below, Point above, long pixels) {
        if (pixels <= below.pixelsPerTile()) {
            return Math.max(1, Math.round(below.nanosPerTile())); // what a run takes, however small
        }
        double share = (double) (pixels - below.pixelsPerTile()) / (above.pixelsPerTile() - below.pixelsPerTile());
        return Math.max(1, Math.round(below.nanosPerTile() + share * (above.nanosPerTile() - below.nanosPerTile())));
    }

    /** The smallest batch with which the device is as fast as it gets. */
    public int tiles(TileShape shape) {
        List<Point> best = best();
        Point similar = best.stream().filter(point -> shape.pixels() <= point.pixelsPerTile()).findFirst()
                .orElse(best.get(best.size() - 1));
        long pixels = similar.pixelsPerTile() * similar.tiles();
        return (int) Math.max(1, pixels / shape.pixels());
    }

    /** One point for each side. */
    private List<Point> best() {
        return points.stream().mapToInt(Point::side).distinct().mapToObj(this::best).toList();
    }

    private Point best(int side) {
        return points.stream().filter(point -> point.side == side)
                .reduce((small, large) -> small.nanosPerTile() > WORTHWHILE * large.nanosPerTile() ? large : small).orElseThrow();
    }
}
