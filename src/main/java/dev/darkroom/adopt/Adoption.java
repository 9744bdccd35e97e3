package dev.darkroom.adopt;

import dev.darkroom.inference.checkpoint.BareNetwork;
import dev.darkroom.model.Manifest;
import dev.darkroom.model.Precision;
import dev.darkroom.model.Task;
import dev.darkroom.model.TensorLiteral;
import dev.darkroom.train.photo.Planes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds out about a TorchScript file what its manifest has to say.
 *
 * @param facts what is known of it already, from the checkpoint that it was exported from
 */
record Adoption(Wish wish, Optional<Facts> facts) {
    private static final String UNHASHED = "0".repeat(64);
    /** One step of 8 bits: devices that convolve in TF32 stay below it, other weights do not. */
    private static final double TOLERANCE = 1 / 255.0;
    /** Below this a tile is another picture than its neighbour, and no blending helps. */
    private static final double LEAST_TILED_DB = 30;
    private static final int TIMED_SIDE = 128;
    private static final int LARGEST_CORNER = 48;

    /**
     * What was asked for.
     *
     * @param condition names of what the network is told, in order
     * @param range     empty: found out
     */
    record Wish(Task task, String name, Optional<Integer> scale, List<String> condition, Optional<Manifest.Range> range, String licence,
            Optional<String> summary, Optional<Manifest.Limits> limits) {}

    /** @throws AdoptionException if it is not what the task needs */
    Manifest manifest(Path torchScript, Manifest.Origin origin) {
        try (BareNetwork network = BareNetwork.open(torchScript)) {
            List<String> condition = facts.map(Facts::condition).filter(names -> !names.isEmpty()).orElse(wish.condition());
            var unit = new Stranger(network, new Manifest.Range(0, 1), Manifest.columns(condition));
            Sizes sizes = facts.map(Adoption::sizes).orElseGet(() -> Sizes.of(unit));
            requireScale(sizes);
            Manifest.Range range = wish.range().orElseGet(() -> facts.isPresent() ? new Manifest.Range(0, 1) : Ranges.likeliest(unit, sizes));
            var stranger = new Stranger(network, range, Manifest.columns(condition));
            requireBatches(stranger, sizes);
            Reach reach = Reach.of(stranger, sizes);
            reach.tiledPsnrDb().filter(decibels -> decibels < LEAST_TILED_DB).ifPresent(decibels -> {
                throw new AdoptionException(String.format(Locale.ROOT, "its tiles are only %.1f dB from each other: it has to see whole pictures", decibels));
            });
            Manifest.SelfTest selfTest = facts.map(known -> known.selfTest().within(TOLERANCE)).orElseGet(() -> example(stranger, sizes));
            long parameters = facts.map(Facts::parameters).orElseGet(network::parameters);
            return new Manifest(wish.task(), wish.name(), 1, facts.map(Facts::architecture).orElseGet(() -> unnamed(origin)), parameters, UNHASHED,
                    new Manifest.Channels(sizes.channelsIn(), sizes.channelsOut()), range, sizes.scale(), condition, sizes.multiple(), reach.radius(),
                    tiles(stranger, sizes, reach), precisions(stranger, sizes), null, List.of(), selfTest, wish.licence(), reach.tiling(),
                    reach.tiledPsnrDb().orElse(null), wish.summary().orElse(null), origin, wish.limits().orElse(null), null, null);
        }
    }

    /** Networks of one architecture share what was measured of their speed, and nobody knows whether two files have one. */
    private static String unnamed(Manifest.Origin origin) {
        return "TorchScript " + origin.sha256().substring(0, 12);
    }

    /** The exporter has made a colour network of a gray one. */
    private static Sizes sizes(Facts known) {
        return new Sizes(3, 3, known.scale(), known.sizeMultiple(), known.oneSize());
    }

    private void requireScale(Sizes sizes) {
        wish.scale().filter(wanted -> wanted != sizes.scale()).ifPresent(wanted -> {
            throw new AdoptionException("it enlarges %d times, not %d".formatted(sizes.scale(), wanted));
        });
    }

    private static void requireBatches(Stranger stranger, Sizes sizes) {
        int side = sizes.oneSize() ? sizes.multiple() : 64;
        Planes wide = Scene.of(sizes.channelsIn(), side, 2 * side);
        if (!stranger.takesBatches(wide.cut(0, 0, side, side), wide.cut(side, 0, side, side))) {
            throw new AdoptionException("two pictures in one batch do not come back as each alone does");
        }
    }

    /** Of a slow network one size alone: each is timed at every first start. */
    private static List<Integer> tiles(Stranger stranger, Sizes sizes, Reach reach) {
        if (sizes.oneSize()) {
            return List.of(sizes.multiple());
        }
        Planes scene = Scene.of(sizes.channelsIn(), TIMED_SIDE, TIMED_SIDE);
        long began = System.nanoTime();
        stranger.restore(scene);
        double seconds = (System.nanoTime() - began) / 1e9;
        int most = seconds > 0.5 ? 1 : seconds > 0.1 ? 2 : 3;
        List<Integer> tiles = new ArrayList<>();
        for (int side = reach.side(); tiles.size() < most; side *= 2) {
            tiles.add(side);
        }
        return tiles;
    }

    private List<Precision> precisions(Stranger stranger, Sizes sizes) {
        if (facts.isPresent()) {
            return Stream.of(Precision.values()).filter(p -> p == Precision.FLOAT32 || facts.get().precisions().containsKey(p.toString())).toList();
        }
        int side = sizes.oneSize() ? sizes.multiple() : 64;
        Planes scene = Scene.of(sizes.channelsIn(), side, side);
        return Stream.of(Precision.values()).filter(precision -> stranger.restore(scene, precision).isPresent()).toList();
    }

    private static Manifest.SelfTest example(Stranger stranger, Sizes sizes) {
        int side = sizes.oneSize() ? sizes.multiple() : 64;
        Planes scene = Scene.of(sizes.channelsIn(), side, side);
        int corner = Math.min(side, LARGEST_CORNER) * sizes.scale();
        var network = new Stranger(stranger.network(), new Manifest.Range(0, 1), stranger.columns());
        Planes input = inRange(scene, stranger.range());
        Planes answer = network.restore(input).orElseThrow().cut(0, 0, corner, corner);
        return new Manifest.SelfTest(literal(input),
                stranger.condition().map(told -> TensorLiteral.of(told.shape(), told.values())).orElse(null), literal(answer),
                TOLERANCE * (stranger.range().high() - stranger.range().low()));
    }

    private static Planes inRange(Planes picture, Manifest.Range range) {
        float[] values = picture.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (values[i] * (range.high() - range.low()) + range.low());
        }
        return picture.with(values);
    }

    private static TensorLiteral literal(Planes picture) {
        return TensorLiteral.of(new long[] {1, picture.channels(), picture.height(), picture.width()}, picture.values());
    }

}
