package dev.darkroom.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Columns under a title, the first flush left and the others flush right, with notes below. */
public final class Table {
    private final String title;
    private final List<List<String>> rows = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private Table(String title) {
        this.title = title;
    }

    public static Table of(String title, Object... header) {
        return new Table(title).row(header);
    }

    /** Numbers that are not whole get three digits that count; what is neither number nor text is written as it is. */
    public Table row(Object... cells) {
        rows.add(Stream.of(cells).map(Table::text).toList());
        return this;
    }

    public Table note(String format, Object... values) {
        notes.add(String.format(Locale.ROOT, format, values));
        return this;
    }

    public static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String text(Object cell) {
        if (cell instanceof Double number) {
            return number(number);
        }
        return String.valueOf(cell);
    }

    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        double size = Math.abs(value);
        int decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    @Override
    public String toString() {
        int columns = rows.get(0).size();
        int[] widths = IntStream.range(0, columns).map(i -> rows.stream().mapToInt(row -> row.get(i).length()).max().orElse(0)).toArray();
        String body = rows.stream().map(row -> line(row, widths)).collect(Collectors.joining("\n"));
        String below = notes.stream().map(note -> "\n  " + note).collect(Collectors.joining());
        return title + "\n" + body + below + "\n";
    }

    private static String line(List<String> cells, int[] widths) {
        return IntStream.range(0, cells.size())
                .mapToObj(i -> i == 0 ? "%-" + widths[i] + "s" : "%" + widths[i] + "s")
                .map("  "::concat).collect(Collectors.joining())
                .formatted(cells.toArray()).stripTrailing();
    }
}
