package dev.darkroom.adopt;

import dev.darkroom.train.photo.Planes;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a network takes and how large its answer is.
 *
 * @param multiple every side of an input is a multiple of it, px
 * @param oneSize  whether it takes inputs of that side alone
 */
record Sizes(int channelsIn, int channelsOut, int scale, int multiple, boolean oneSize) {
    private static final int SIDE = 64;
    /** What attention is usually traced with, the likeliest first. */
    private static final int[] TRACED = {128, 64, 256, 96, 192, 48, 72, 80, 112, 120, 144, 160, 168, 224, 240, 264, 288, 320, 384, 448, 480, 512};

    /** @throws AdoptionException if no picture comes back */
    static Sizes of(Stranger stranger) {
        return IntStream.of(3, 1).boxed().flatMap(channels -> anySize(stranger, channels).or(() -> oneSize(stranger, channels)).stream())
                .findFirst().orElseThrow(() -> new AdoptionException("forward(x) fails on pictures of one and of three channels and of many sizes;"
                        + " if the network is told more than the picture, say what with --condition"));
    }

    private static Optional<Sizes> anySize(Stranger stranger, int channels) {
        Optional<Sizes> coarse = answer(stranger, channels, SIDE, 2 * SIDE).map(sizes -> sizes.multipleOf(SIDE, false));
        return coarse.map(sizes -> IntStream.iterate(1, m -> m < SIDE, m -> 2 * m)
                .filter(m -> answer(stranger, channels, SIDE + m, SIDE + 3 * m).equals(Optional.of(sizes.multipleOf(1, false))))
                .mapToObj(m -> sizes.multipleOf(m, false)).findFirst().orElse(sizes));
    }

    private static Optional<Sizes> oneSize(Stranger stranger, int channels) {
        return IntStream.of(TRACED).boxed()
                .flatMap(side -> answer(stranger, channels, side, side).map(sizes -> sizes.multipleOf(side, true)).stream()).findFirst();
    }

    /** Empty if what comes back is not a picture so many times as wide and high. */
    private static Optional<Sizes> answer(Stranger stranger, int channels, int height, int width) {
        return stranger.restore(Scene.of(channels, height, width)).filter(y -> fits(y, height, width))
                .map(y -> new Sizes(channels, y.channels(), y.height() / height, 1, false));
    }

    private static boolean fits(Planes answer, int height, int width) {
        int scale = answer.height() / height;
        boolean whole = scale >= 1 && answer.height() == scale * height && answer.width() == scale * width;
        return whole && (answer.channels() == 3 || answer.channels() == 1);
    }

    private Sizes multipleOf(int side, boolean alone) {
        return new Sizes(channelsIn, channelsOut, scale, side, alone);
    }
}
