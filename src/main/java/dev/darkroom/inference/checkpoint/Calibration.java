package dev.darkroom.inference.checkpoint;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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

    /** Of a batch of so many tiles, whether the device would take more of them or not. */
    public long nanosOfBatch(TileShape shape, int tiles) {
        int[] sides = sides().toArray();
        int above = 0;
        while (above < sides.length - 1 && shape.pixels() > pixels(sides[above])) {
            above++;
        }
        double largerBy = shape.pixels() / pixels(sides[above]);
        if (above == 0 || largerBy >= 1) {
            return Math.max(1, Math.round(largerBy < 1 ? nanos(sides[0], Math.max(1, tiles * largerBy)) : largerBy * nanos(sides[above], tiles)));
        }
        int below = sides[above - 1];
        double share = (shape.pixels() - pixels(below)) / (pixels(sides[above]) - pixels(below));
        return Math.max(1, Math.round((1 - share) * nanos(below, tiles) + share * nanos(sides[above], tiles)));
    }

    private static double pixels(int side) {
        return (double) side * side;
    }

    /** Interpolated between the numbers of tiles that were measured; beyond them each takes what it takes in the largest batch. */
    private double nanos(int side, double tiles) {
        List<Point> ofSide = points.stream().filter(point -> point.side == side).toList();
        Point below = ofSide.get(0);
        for (Point above : ofSide) {
            if (tiles <= above.tiles) {
                double share = above.tiles == below.tiles ? 1 : (tiles - below.tiles) / (above.tiles - below.tiles);
                return 1e6 * (below.milliseconds + share * (above.milliseconds - below.milliseconds));
            }
            below = above;
        }
        return below.nanosPerTile() * tiles;
    }

    /** The smallest batch with which the device is as fast as it gets. */
    public int tiles(TileShape shape) {
        List<Point> best = best();
        Point similar = best.stream().filter(point -> shape.pixels() <= point.pixelsPerTile()).findFirst()
                .orElse(best.get(best.size() - 1));
        long pixels = similar.pixelsPerTile() * similar.tiles();
        return (int) Math.max(1, pixels / shape.pixels());
    }

    /** With single tiles of other sizes, as long as those that were measured on either side of them let expect. */
    Calibration filled(Collection<Integer> others) {
        Stream<Point> between = others.stream().filter(side -> milliseconds(side) == Double.POSITIVE_INFINITY)
                .map(side -> new Point(side, 1, nanosOfBatch(new TileShape(side, side, 1, 1), 1) / 1e6));
        return new Calibration(device, Stream.concat(points.stream(), between).toList());
    }

    /** That were measured, the smallest first. */
    IntStream sides() {
        return points.stream().mapToInt(Point::side).distinct();
    }

    /** One point for each side. */
    private List<Point> best() {
        return sides().mapToObj(this::best).toList();
    }

    private Point best(int side) {
        return points.stream().filter(point -> point.side == side)
                .reduce((small, large) -> small.nanosPerTile() > WORTHWHILE * large.nanosPerTile() ? large : small).orElseThrow();
    }
}
