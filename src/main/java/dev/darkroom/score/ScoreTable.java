package dev.darkroom.score;

import dev.darkroom.score.ScoreReport.Candidate;
import dev.darkroom.score.ScoreReport.Result;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A score sheet as lines of cells: a candidate each, metrics side by side. */
final class ScoreTable {
    private final ScoreSheet sheet;
    private final Set<String> metrics;

    ScoreTable(ScoreSheet sheet) {
        this.sheet = sheet;
        metrics = candidates(sheet).flatMap(candidate -> candidate.metrics().keySet().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Stream<Candidate> candidates(ScoreSheet sheet) {
        return sheet.pictures().stream().flatMap(report -> report.candidates().stream());
    }

    /** Aligned columns, rounded numbers, and below them why some are missing. */
    String text() {
        List<List<String>> rows = rows(ScoreTable::rounded, "-");
        int[] widths = IntStream.range(0, rows.get(0).size())
                .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElseThrow()).toArray();
        String table = rows.stream().map(row -> line(row, widths)).collect(Collectors.joining("\n", "", "\n"));
        return table + sheet.failures().entrySet().stream()
                .map(failure -> failure.getKey() + ": " + failure.getValue() + "\n").collect(Collectors.joining());
    }

    /** Comma-separated values (RFC 4180) with all digits; what could not be computed is empty. */
    String csv() {
        return rows(String::valueOf, "").stream()
                .map(row -> row.stream().map(ScoreTable::quoted).collect(Collectors.joining(",", "", "\n")))
                .collect(Collectors.joining());
    }

    private List<List<String>> rows(Function<Double, String> number, String none) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(Stream.of(Stream.of("reference", "candidate"), metrics.stream(), Stream.of("score", "rank")).flatMap(part -> part).toList());
        sheet.pictures().forEach(report -> report.candidates()
                .forEach(candidate -> rows.add(row(report.reference().name(), candidate, number, none))));
        sheet.mean().forEach(mean -> rows.add(row("mean", mean, number, none)));
        return rows;
    }

    private List<String> row(String reference, Candidate candidate, Function<Double, String> number, String none) {
        List<String> row = new ArrayList<>(List.of(reference, candidate.name()));
        for (String metric : metrics) {
            Result result = candidate.metrics().get(metric);
            row.add(result == null || result.error() != null ? none : number.apply(result.number()));
        }
        row.add(candidate.score() == null ? none : number.apply(candidate.score()));
        row.add(candidate.rank() == null ? none : candidate.rank().toString());
        return row;
    }

    private static String rounded(double number) {
        return Double.isInfinite(number) ? "Infinity" : String.format(Locale.ROOT, number == 0 || Math.abs(number) >= 1e-3 ? "%.4f" : "%.3e", number);
    }

    private static String line(List<String> cells, int[] widths) {
        return IntStream.range(0, cells.size())
                .mapToObj(i -> String.format(i < 2 ? "%-" + widths[i] + "s" : "%" + widths[i] + "s", cells.get(i)))
                .collect(Collectors.joining("  ")).stripTrailing();
    }

    private static String quoted(String cell) {
        return cell.matches("(?s).*[,\"\r\n].*") ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
    }
}
