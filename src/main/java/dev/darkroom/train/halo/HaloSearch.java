package dev.darkroom.train.halo;

import dev.darkroom.inference.checkpoint.BareNetwork;
import dev.darkroom.inference.checkpoint.BareNetwork.Values;
import dev.darkroom.model.CheckpointRefusedException;
import dev.darkroom.model.Manifest;
import dev.darkroom.model.Precision;
import dev.darkroom.train.photo.Planes;
import java.util.List;
import java.util.Optional;

/**
 * Finds how much of its neighbours a tile has to see.
 *
 * <p>A tile is cut out of the middle of a picture, and its answer is compared with the whole picture's: near its edges, where the
 * network takes zeros for what was cut off, they differ, and the farther inside the less. The halo is the distance from which on they
 * differ by less than a quarter of a step of 8 bits everywhere, in all pictures; in float32, on the CPU.
 */
public final class HaloSearch {
    private static final double STEPS = 255;
    /** After rounding, a tile's answer is then the whole's but where that lies near the middle between two steps. */
    private static final double LARGEST_DIFFERENCE = 0.25;
    private static final int SMALLEST_TILE = 96;
    private static final int EVEN = 16;
    private static final int STRIPE = 16;

    private final Manifest manifest;
    private final BareNetwork network;

    public HaloSearch(Manifest manifest, BareNetwork network) {
        this.manifest = manifest;
        this.network = network;
    }

    /** By made-up pictures alone. */
    public Manifest.Halo find() {
        return find(List.of());
    }

    /**
     * By made-up pictures and others.
     *
     * @param photographs clean (3,H,W); the middle is looked at, and small ones are continued by their mirror image
     * @throws CheckpointRefusedException if the network fails on one
     */
    public Manifest.Halo find(List<Planes> photographs) {
        double[] worst = nothingSeen();
        Cut cut = new Cut(Math.max(SMALLEST_TILE, 2 * manifest.receptiveFieldRadius() + EVEN), manifest.receptiveFieldRadius(), even());
        Scenes.of(cut.whole()).forEach(scene -> observe(scene, cut, worst));
        photographs.forEach(photograph -> observe(cut.middleOf(photograph), cut, worst));
        int halo = 0;
        for (int distance = 0; distance < worst.length; distance++) {
            halo = worst[distance] < LARGEST_DIFFERENCE ? halo : distance + 1;
        }
        int aligned = Math.min(roundUp(halo, manifest.sizeMultiple()), manifest.receptiveFieldRadius());
        return new Manifest.Halo(aligned, Math.round(1000 * largestFrom(aligned, worst)) / 1000.0);
    }

    /** By how much a picture's tile differs from the whole at this distance from its edges and in a stripe farther inside, in steps of 8 bits. */
    public double difference(Planes clean, int distance) {
        double[] worst = nothingSeen();
        Cut cut = new Cut(2 * (distance + STRIPE), Math.min(STRIPE, manifest.receptiveFieldRadius()), even());
        observe(cut.middleOf(clean), cut, worst);
        return largestFrom(distance, worst);
    }

    private double[] nothingSeen() {
        return new double[manifest.receptiveFieldRadius() + 1];
    }

    private int even() {
        return roundUp(EVEN, manifest.sizeMultiple());
    }

    private static double largestFrom(int distance, double[] worst) {
        double largest = 0;
        for (int i = distance; i < worst.length; i++) {
            largest = Math.max(largest, worst[i]);
        }
        return largest;
    }

    private void observe(Planes clean, Cut cut, double[] worst) {
        for (Probe probe : Probe.of(manifest, clean)) {
            Planes input = probe.input();
            Planes whole = restored(input, probe.condition());
            Planes tile = restored(input.cut(cut.margin, cut.margin, cut.tile, cut.tile), probe.condition());
            int scale = manifest.scale();
            compare(tile, whole.cut(scale * cut.margin, scale * cut.margin, tile.width(), tile.height()), worst);
        }
    }

    private void compare(Planes tile, Planes whole, double[] worst) {
        int scale = manifest.scale();
        int last = tile.width() / scale - 1;
        for (int channel = 0; channel < tile.channels(); channel++) {
            for (int row = 0; row < tile.height(); row++) {
                int down = Math.min(row / scale, last - row / scale);
                for (int column = 0; column < tile.width(); column++) {
                    int distance = Math.min(worst.length - 1, Math.min(down, Math.min(column / scale, last - column / scale)));
                    double difference = STEPS * Math.abs(tile.get(channel, row, column) - whole.get(channel, row, column));
                    worst[distance] = Math.max(worst[distance], difference);
                }
            }
        }
    }

    /** (3,H,W) of a picture in [0,1], in [0,1]; what is outside cannot be seen. */
    private Planes restored(Planes input, float[] condition) {
        double low = manifest.range().low();
        double extent = manifest.range().high() - low;
        float[] x = new float[input.values().length];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (input.values()[i] * extent + low);
        }
        var shape = new long[] {1, input.channels(), input.height(), input.width()};
        Optional<Values> told = condition.length == 0 ? Optional.empty() : Optional.of(new Values(new long[] {1, condition.length}, condition));
        Values answer = network.run(new Values(shape, x), told, Precision.FLOAT32)
                .orElseThrow(() -> new CheckpointRefusedException("the network fails on a picture of %d x %d".formatted(input.width(), input.height())));
        float[] y = answer.values();
        for (int i = 0; i < y.length; i++) {
            y[i] = (float) Math.min(1, Math.max(0, (y[i] - low) / extent));
        }
        return new Planes((int) answer.shape()[1], (int) answer.shape()[2], (int) answer.shape()[3], y);
    }

    /**
     * A square tile in the middle of a square picture.
     *
     * @param tile   its side, px
     * @param margin what of the picture it does not see on each side, px
     */
    private record Cut(int tile, int margin) {
        Cut(int least, int leastMargin, int even) {
            this(roundUp(least, even), roundUp(Math.max(1, leastMargin), even));
        }

        int whole() {
            return tile + 2 * margin;
        }

        Planes middleOf(Planes picture) {
            int side = whole();
            int missing = Math.max(0, side - Math.min(picture.width(), picture.height()));
            Planes enough = missing == 0 ? picture : picture.extended((missing + 1) / 2);
            return enough.cut((enough.width() - side) / 2, (enough.height() - side) / 2, side, side);
        }
    }

    private static int roundUp(int value, int multiple) {
        return (value + multiple - 1) / multiple * multiple;
    }
}
