package dev.darkroom.train.evaluation;

import dev.darkroom.train.photo.Planes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Crops of the same places side by side: a row for each picture, a column for each restorer, what it should be at the end. */
final class ContactSheet {
    private static final String ORIGINAL = "original";
    private static final int SIDE = 128;
    private static final int STEP = 16;
    private static final int FACTOR = 2;
    private static final int GAP = 6;
    private static final int CAPTION = 20;

    private final List<Map<String, Planes>> rows = new ArrayList<>();

    /**
     * Adds a row: the place where the results differ most, or where the original has most detail if there is but one.
     *
     * @param restored by the names of the restorers, in the order of the columns
     */
    void add(Map<String, Planes> restored, Planes original) {
        var columns = new LinkedHashMap<>(restored);
        columns.put(ORIGINAL, original);
        List<Planes> results = restored.entrySet().stream().filter(result -> !result.getKey().equals(EvaluationRow.INPUT)).map(Map.Entry::getValue).toList();
        int width = Math.min(SIDE, original.width());
        int height = Math.min(SIDE, original.height());
        int bestX = 0;
        int bestY = 0;
        double most = -1;
        for (int y = 0; y + height <= original.height(); y += STEP) {
            for (int x = 0; x + width <= original.width(); x += STEP) {
                double here = results.size() > 1 ? difference(results, x, y, width, height) : detail(original.cut(x, y, width, height));
                if (here > most) {
                    most = here;
                    bestX = x;
                    bestY = y;
                }
            }
        }
        int x = bestX;
        int y = bestY;
        columns.replaceAll((name, picture) -> picture.cut(x, y, width, height));
        rows.add(columns);
    }

    /** Of the others from the first, squared. */
    private static double difference(List<Planes> pictures, int x, int y, int width, int height) {
        Planes first = pictures.get(0).cut(x, y, width, height);
        double sum = 0;
        for (Planes picture : pictures.subList(1, pictures.size())) {
            Planes other = picture.cut(x, y, width, height);
            for (int i = 0; i < first.values().length; i++) {
                double difference = first.values()[i] - other.values()[i];
                sum += difference * difference;
            }
        }
        return sum;
    }

    /** What neighbours in a row differ by: fine texture counts more than one strong edge. */
    private static double detail(Planes crop) {
        double sum = 0;
        for (int i = 1; i < crop.values().length; i++) {
            sum += i % crop.width() == 0 ? 0 : Math.abs(crop.values()[i] - crop.values()[i - 1]);
        }
        return sum;
    }

    /** Pixels enlarged twice, with the columns' names above. */
    byte[] png() {
        int cell = SIDE * FACTOR + GAP;
        List<String> names = List.copyOf(rows.get(0).keySet());
        try (var canvas = new Canvas(GAP + names.size() * cell, CAPTION + rows.size() * cell)) {
            for (int column = 0; column < names.size(); column++) {
                int x = GAP + column * cell;
                canvas.write(names.get(column), x, CAPTION - GAP);
                for (int row = 0; row < rows.size(); row++) {
                    Planes crop = rows.get(row).get(names.get(column));
                    canvas.put(interleaved(crop), crop.width(), crop.height(), x, CAPTION + row * cell, FACTOR);
                }
            }
            return canvas.png();
        }
    }

    private static byte[] interleaved(Planes picture) {
        Planes rounded = picture.as8Bit();
        int size = picture.width() * picture.height();
        byte[] rgb = new byte[3 * size];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) Math.round(rounded.values()[i % 3 * size + i / 3] * 255);
        }
        return rgb;
    }
}
