package dev.darkroom.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** What is sent, and how often: mostly small pictures and denoising, as services of this kind see it. */
final class Mix {

    /**
     * One kind of request.
     *
     * @param name   as in the report
     * @param path   with its query
     * @param weight how often beside the others
     */
    record Kind(String name, String path, int weight, double megapixels, byte[] upload) {}

    private final List<Kind> kinds;
    private final List<Kind> deck = new ArrayList<>();
    private final Random random;

    private Mix(List<Kind> kinds, long seed) {
        this.kinds = kinds;
        random = new Random(seed);
        if (kinds.isEmpty()) {
            throw new IllegalArgumentException("no kind of request begins so");
        }
        kinds.forEach(kind -> {
            for (int i = 0; i < kind.weight; i++) {
                deck.add(kind);
            }
        });
    }

    /** @param only kinds whose names begin so */
    static Mix of(Pictures pictures, long seed, String only) {
        return new Mix(Stream.of(
                kind("denoise 0.1 MP jpeg", "denoise", 24, 384, 256, pictures.noisy("chelsea", 384, 256, "jpg")),
                kind("denoise 0.3 MP png", "denoise?sigma=15", 12, 640, 480, pictures.noisy("astronaut", 640, 480, "png")),
                kind("denoise 1 MP jpeg", "denoise", 10, 1200, 800, pictures.noisy("coffee", 1200, 800, "jpg")),
                kind("denoise 2 MP jpeg", "denoise", 4, 1800, 1200, pictures.noisy("coffee", 1800, 1200, "jpg")),
                kind("dejpeg 0.3 MP jpeg", "dejpeg", 14, 640, 480, pictures.noisy("astronaut", 640, 480, "jpg")),
                kind("dehaze 0.3 MP jpeg", "dehaze", 10, 640, 480, pictures.noisy("coffee", 640, 480, "jpg")),
                kind("deblur 0.3 MP jpeg", "deblur", 10, 640, 480, pictures.noisy("chelsea", 640, 480, "jpg")),
                kind("super-resolve x2 0.05 MP png", "super-resolve?scale=2", 8, 256, 192, pictures.noisy("coffee", 256, 192, "png")),
                kind("demosaic 0.3 MP png", "demosaic", 8, 640, 480, pictures.mosaic("coffee", 640, 480)))
                .filter(kind -> kind.name.startsWith(only)).toList(), seed);
    }

    private static Kind kind(String name, String path, int weight, int width, int height, byte[] upload) {
        return new Kind(name, "/v1/" + path + (path.contains("?") ? "&" : "?") + "timeout=60000", weight, width * height / 1e6, upload);
    }

    /** The same sequence in every run. */
    synchronized Kind next() {
        return deck.get(random.nextInt(deck.size()));
    }

    List<Kind> kinds() {
        return kinds;
    }
}
