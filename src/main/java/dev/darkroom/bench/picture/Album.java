package dev.darkroom.bench.picture;

import dev.darkroom.image.file.ImageFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The deck of a mix as pictures; of each size every other one is a JPEG, the others are PNGs. */
public final class Album implements AutoCloseable {
    private final Mix mix;
    private final PictureSource source;
    private final List<Picture> deck;

    private Album(Mix mix, PictureSource source, List<Picture> deck) {
        this.mix = mix;
        this.source = source;
        this.deck = deck;
    }

    public static Album of(Mix mix, PictureSource source, long seed) {
        Map<SizeClass, Integer> soFar = new HashMap<>();
        List<Picture> deck = new ArrayList<>();
        for (SizeClass size : mix.deck(seed)) {
            ImageFormat format = soFar.merge(size, 1, Integer::sum) % 2 == 1 ? ImageFormat.JPEG : ImageFormat.PNG;
            deck.add(Picture.of(size, source.picture(size.width(), size.height(), seed + deck.size()), format));
        }
        return new Album(mix, source, List.copyOf(deck));
    }

    public Mix mix() {
        return mix;
    }

    public List<Picture> deck() {
        return deck;
    }

    public List<Picture> of(SizeClass size) {
        return deck.stream().filter(picture -> picture.size().equals(size)).toList();
    }

    public double megapixelsPerDeck() {
        return mix.megapixelsPerDeck();
    }

    /** A picture that is not in the deck, the caller's to close. */
    public Picture another(SizeClass size) {
        return Picture.of(size, source.picture(size.width(), size.height(), deck.size()), ImageFormat.JPEG);
    }

    @Override
    public void close() {
        deck.forEach(Picture::close);
    }
}
