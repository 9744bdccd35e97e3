package dev.darkroom.bench;

import dev.darkroom.bench.load.Bench;
import dev.darkroom.bench.load.ClosedLoop;
import dev.darkroom.bench.picture.Picture;
import dev.darkroom.bench.picture.SizeClass;
import dev.darkroom.bench.report.Finding;
import dev.darkroom.bench.report.Spread;
import dev.darkroom.bench.report.Table;
import dev.darkroom.image.EncodeOptions;
import dev.darkroom.image.ImageDecoder;
import dev.darkroom.image.ImageEncoder;
import dev.darkroom.image.ImageLimits;
import dev.darkroom.image.Photo;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.Metadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The whole service, files in and files out, saturated; and the codecs alone. */
public final class WithCodecs {
    private static final int INSIDE = 16;
    private static final int CODEC_RUNS = 5;

    private final Bench bench;

    public WithCodecs(Bench bench) {
        this.bench = bench;
    }

    /** A codec's time for a picture, one thread, median of some runs. */
    record Codec(String size, String format, double decodeMillis, double encodeMillis) {}

    /** @param megapixelsPerSecond of uploads, decoded, restored and encoded */
    record Found(double megapixelsPerSecond, int decks, double seconds, List<Codec> codecs) implements Finding {
        @Override
        public List<Table> tables() {
            var rate = Table.of("throughput with codecs (MP/s)", "", "value")
                    .row("service, %d pictures inside".formatted(INSIDE), megapixelsPerSecond)
                    .note("%d decks in %.1f s", decks, seconds);
            var alone = Table.of("codecs alone, one thread (ms)", "size", "format", "decode", "encode");
            codecs.forEach(codec -> alone.row(codec.size, codec.format, codec.decodeMillis, codec.encodeMillis));
            return List.of(rate, alone);
        }
    }

    public Found run() throws InterruptedException {
        ClosedLoop.Run run = new ClosedLoop(INSIDE, picture -> bench.enhance(picture).result())
                .during(bench.album().deck(), bench.time());
        return new Found(run.megapixelsPerSecond(bench.album().megapixelsPerDeck()), run.decks(), run.time().toNanos() / 1e9, codecs());
    }

    private List<Codec> codecs() {
        List<Codec> codecs = new ArrayList<>();
        for (SizeClass size : bench.album().mix().classes()) {
            Picture picture = bench.album().of(size).get(0);
            for (ImageFormat format : List.of(ImageFormat.JPEG, ImageFormat.PNG)) {
                codecs.add(codec(Picture.of(size, picture.pixels(), format)));
            }
        }
        return codecs;
    }

    private static Codec codec(Picture picture) {
        var decoder = new ImageDecoder(new ImageLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Double.MAX_VALUE));
        var encoder = new ImageEncoder();
        var photo = new Photo(picture.pixels(), Optional.empty(), Metadata.NONE);
        double decode = medianMillis(() -> decoder.decode(picture.upload()).close());
        double encode = medianMillis(() -> encoder.encode(photo, EncodeOptions.of(picture.format())));
        return new Codec(picture.size().name(), picture.format().toString(), decode, encode);
    }

    private static double medianMillis(Runnable work) {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < CODEC_RUNS; i++) {
            long began = System.nanoTime();
            work.run();
            millis.add((System.nanoTime() - began) / 1e6);
        }
        return Spread.of(millis).median();
    }
}
