package dev.darkroom.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Evaluation results as a Markdown table: a line for each set, protocol, noise level and convention, restorers side by side. */
final class EvaluationTable {

    private record Line(String set, String protocol, Double sigma255, String convention) {}

    private EvaluationTable() {}

    static String of(List<EvaluationRow> rows) {
        Set<String> restorers = new LinkedHashSet<>();
        Map<Line, Map<String, EvaluationRow>> lines = new LinkedHashMap<>();
        for (EvaluationRow row : rows) {
            if (!row.restorer().equals(EvaluationRow.INPUT)) {
                restorers.add(row.restorer());
            }
            lines.computeIfAbsent(new Line(row.set(), row.protocol(), row.sigma255(), row.convention()), line -> new LinkedHashMap<>())
                    .put(row.restorer(), row);
        }
        List<List<String>> cells = new ArrayList<>();
        cells.add(header(restorers));
        lines.forEach((line, results) -> cells.add(cells(line, results, restorers)));
        return aligned(cells);
    }

    private static List<String> header(Set<String> restorers) {
        List<String> header = new ArrayList<>(List.of("set", "protocol", "sigma", "channels", "input dB", "input SSIM"));
        restorers.forEach(restorer -> header.addAll(List.of(restorer + " dB", restorer + " SSIM")));
        return header;
    }

    private static List<String> cells(Line line, Map<String, EvaluationRow> results, Set<String> restorers) {
        List<String> cells = new ArrayList<>(
                List.of(line.set(), line.protocol(), sigma(line.sigma255()), line.convention()));
        List<String> columns = new ArrayList<>(List.of(EvaluationRow.INPUT));
        columns.addAll(restorers);
        for (String restorer : columns) {
            EvaluationRow result = results.get(restorer);
            cells.add(decimal("%.2f", result.psnr()));
            cells.add(decimal("%.4f", result.ssim()));
        }
        return cells;
    }

    private static String sigma(Double sigma255) {
        return sigma255 == null ? "" : sigma255 == Math.rint(sigma255) ? decimal("%.0f", sigma255) : Double.toString(sigma255);
    }

    private static String decimal(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    private static String aligned(List<List<String>> cells) {
        int[] widths = IntStream.range(0, cells.get(0).size())
                .map(column -> cells.stream().mapToInt(line -> line.get(column).length()).max().orElseThrow())
                .toArray();
        List<String> lines = new ArrayList<>();
        cells.forEach(line -> lines.add(line(line, widths)));
        lines.add(1, IntStream.of(widths).mapToObj("-"::repeat).collect(Collectors.joining("-|-", "|-", "-|")));
        return String.join("\n", lines);
    }

    private static String line(List<String> cells, int[] widths) {
        return IntStream.range(0, widths.length)
                .mapToObj(column -> String.format("%-" + widths[column] + "s", cells.get(column)))
                .collect(Collectors.joining(" | ", "| ", " |"));
    }
}
