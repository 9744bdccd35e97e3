package dev.darkroom.bench.picture;

import dev.darkroom.bench.report.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Which sizes a load has: a deck of pictures, shuffled once and dealt again and again, so that shares hold exactly.
 *
 * @param classes from small to large
 * @param large   the upload that small pictures must not wait for; not in the deck
 */
public record Mix(List<SizeClass> classes, SizeClass large) {

    /** 0.1 to 12 megapixels, small pictures more often, large ones most of the pixels. */
    public static Mix standard() {
        return new Mix(List.of(
                new SizeClass("0.1 MP", 387, 259, 5),
                new SizeClass("0.3 MP", 661, 457, 4),
                new SizeClass("1 MP", 1153, 867, 4),
                new SizeClass("2 MP", 1920, 1080, 3),
                new SizeClass("5 MP", 2591, 1943, 2),
                new SizeClass("12 MP", 4000, 3000, 2)),
                new SizeClass("50 MP", 8660, 5774, 0));
    }

    public SizeClass smallest() {
        return classes.get(0);
    }

    /** The larger half begins after it. */
    public SizeClass middle() {
        return classes.get((classes.size() - 1) / 2);
    }

    public List<SizeClass> deck(long seed) {
        List<SizeClass> deck = new ArrayList<>();
        classes.forEach(size -> deck.addAll(Collections.nCopies(size.count(), size)));
        Collections.shuffle(deck, new Random(seed));
        return deck;
    }

    double megapixelsPerDeck() {
        return classes.stream().mapToDouble(size -> size.count() * size.megapixels()).sum();
    }

    private int picturesPerDeck() {
        return classes.stream().mapToInt(SizeClass::count).sum();
    }

    public Table table() {
        var table = Table.of("mix of sizes (half JPEG, half PNG)", "size", "width", "height", "of the pictures", "of the pixels");
        for (SizeClass size : classes) {
            table.row(size.name(), size.width(), size.height(), Table.percent((double) size.count() / picturesPerDeck()),
                    Table.percent(size.count() * size.megapixels() / megapixelsPerDeck()));
        }
        return table;
    }
}
