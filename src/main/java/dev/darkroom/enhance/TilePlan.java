package dev.darkroom.enhance;

import dev.darkroom.image.BayerPattern;
import dev.darkroom.image.tile.BlendedGrid;
import dev.darkroom.image.tile.Mirroring;
import dev.darkroom.image.tile.Tile;
import dev.darkroom.image.tile.TileGrid;
import dev.darkroom.inference.checkpoint.TileShape;
import dev.darkroom.inference.checkpoint.TorchScriptCheckpoint;
import dev.darkroom.model.Manifest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;

/**
 * An image cut into tiles, halos included.
 *
 * @param mirroring how the image goes on where a tile reaches beyond its edge
 * @param time      of the devices, all of them together, by calibration
 */
public record TilePlan(List<Tile> tiles, Mirroring mirroring, Duration time) {
    /** What may be paid in the devices' time for shorter tiles, so that small images wait less behind large ones. */
    private static final double FAIRNESS = 1.02;

    /** Small images are extended to a multiple of this, so that similar sizes share batches. */
    static final int QUANTUM = 64;

    /** The smallest tiles with which it takes the devices hardly longer than with the best. */
    public static TilePlan of(TorchScriptCheckpoint checkpoint, Halo halo, int width, int height) {
        Manifest manifest = checkpoint.manifest();
        if (manifest.blended()) {
            return fastestBlended(checkpoint, side -> blendedGrid(manifest, side).tiles(width, height));
        }
        return planned(checkpoint, Mirroring.HALF_SAMPLE, fastest(checkpoint, halo, width, height).tiles(width, height));
    }

    /** The same for a mosaic, extended so that each tile begins as RGGB does. */
    static TilePlan ofMosaic(TorchScriptCheckpoint checkpoint, Halo halo, int width, int height, BayerPattern pattern) {
        int columns = pattern.leadingColumns();
        int rows = pattern.leadingRows();
        TileGrid grid = fastest(checkpoint, halo, width + columns, height + rows);
        return planned(checkpoint, Mirroring.WHOLE_SAMPLE, grid.tiles(width, height, columns, rows));
    }

    /** How long it takes to cut an image so. */
    private record Candidate(TileGrid grid, TileShape shape, long nanos) {}

    private static TileGrid fastest(TorchScriptCheckpoint checkpoint, Halo halo, int width, int height) {
        List<Candidate> candidates = new ArrayList<>();
        for (int across : checkpoint.sides()) {
            for (int down : checkpoint.sides()) {
                TileGrid grid = grid(checkpoint.manifest(), halo, across, down);
                Candidate fitted = candidate(checkpoint, grid.fittedTo(width, height), width, height);
                if (fillsABatch(checkpoint, fitted, width, height)) {
                    candidates.add(fitted);
                }
                if (across == down) {
                    candidates.add(candidate(checkpoint, grid, width, height));
                }
            }
        }
        long best = candidates.stream().mapToLong(Candidate::nanos).min().orElseThrow();
        return candidates.stream().filter(candidate -> candidate.nanos <= FAIRNESS * best)
                .min(Comparator.comparingInt((Candidate candidate) -> candidate.shape.pixels()).thenComparingLong(Candidate::nanos)).orElseThrow().grid;
    }

    private static Candidate candidate(TorchScriptCheckpoint checkpoint, TileGrid grid, int width, int height) {
        var shape = new TileShape(grid.inputHeight(height), grid.inputWidth(width), checkpoint.manifest().channels().in(), 1);
        return new Candidate(grid, shape, grid.count(width, height) * checkpoint.timePerTile(shape).toNanos());
    }

    /** Hardly any other image has tiles of a shape that fits this one. */
    private static boolean fillsABatch(TorchScriptCheckpoint checkpoint, Candidate fitted, int width, int height) {
        return fitted.grid.count(width, height) >= checkpoint.first().tilesPerBatch(fitted.shape);
    }

    private static TilePlan fastestBlended(TorchScriptCheckpoint checkpoint, IntFunction<List<Tile>> cut) {
        List<TilePlan> plans = checkpoint.sides().stream().sorted()
                .map(side -> planned(checkpoint, Mirroring.HALF_SAMPLE, cut.apply(side))).toList();
        long best = plans.stream().mapToLong(plan -> plan.time.toNanos()).min().orElseThrow();
        return plans.stream().filter(plan -> plan.time.toNanos() <= FAIRNESS * best).findFirst().orElseThrow();
    }

    /** @throws IllegalArgumentException if tiles of this size cannot be laid out for this network */
    static TileGrid grid(Manifest manifest, Halo halo, int across, int down) {
        return new TileGrid(across, down, halo.reach(manifest), manifest.sizeMultiple(), QUANTUM);
    }

    /** @throws IllegalArgumentException if tiles of this side cannot be laid out for this network */
    static BlendedGrid blendedGrid(Manifest manifest, int side) {
        return new BlendedGrid(side, manifest.receptiveFieldRadius(), manifest.sizeMultiple(), QUANTUM);
    }

    /** The same for a picture that the network is not asked about, which takes no device's time. */
    TilePlan leftOut() {
        return new TilePlan(tiles, mirroring, Duration.ZERO);
    }

    /** Whether tiles overlap, so that the answer is only close to what the network makes of the whole image. */
    boolean isBlended() {
        return tiles.stream().anyMatch(Tile::isShared);
    }

    private static TilePlan planned(TorchScriptCheckpoint checkpoint, Mirroring mirroring, List<Tile> tiles) {
        int channels = checkpoint.manifest().channels().in();
        return new TilePlan(tiles, mirroring, Duration.ofNanos(tiles.stream().map(Tile::input)
                .mapToLong(input -> checkpoint.timePerTile(new TileShape(input.height(), input.width(), channels, 1)).toNanos()).sum()));
    }
}
