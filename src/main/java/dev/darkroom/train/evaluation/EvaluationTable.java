package dev.darkroom.train.evaluation;

import dev.darkroom.loss.AggregatedScore;
import dev.darkroom.loss.measure.MeasureInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Evaluation results as a Markdown table in the papers' form: a line for each restorer, the measures side by side, and the
 * PDL paper's score over the lines that share their inputs, if what it is made of was measured.
 */
final class EvaluationTable {
    private static final Set<String> SCORED = Set.of("psnr", "ms-ssim", "lpips");

    private record Inputs(String set, String protocol, Double sigma255, String convention) {
        private static Inputs of(EvaluationRow row) {
            return new Inputs(row.set(), row.protocol(), row.sigma255(), row.convention());
        }

        private List<String> cells() {
            String sigma = sigma255 == null ? "" : sigma255 == Math.rint(sigma255) ? decimal("%.0f", sigma255) : sigma255.toString();
            return List.of(set, protocol, sigma, convention);
        }
    }

    private EvaluationTable() {}

    static String of(List<EvaluationRow> rows, List<MeasureInfo> measures) {
        boolean scored = measures.stream().map(MeasureInfo::name).collect(Collectors.toSet()).containsAll(SCORED);
        List<List<String>> cells = new ArrayList<>();
        cells.add(header(measures, scored));
        rows.stream().collect(Collectors.groupingBy(Inputs::of, LinkedHashMap::new, Collectors.toList()))
                .forEach((inputs, group) -> cells.addAll(lines(inputs, group, measures, scored)));
        return aligned(cells);
    }

    private static List<String> header(List<MeasureInfo> measures, boolean scored) {
        var header = new ArrayList<>(List.of("set", "protocol", "sigma", "channels", "result"));
        measures.forEach(measure -> header.add((measure.name() + " " + measure.unit()).strip()));
        if (scored) {
            header.add("score");
        }
        return header;
    }

    /** What the lines have in common is only said in the first. */
    private static List<List<String>> lines(Inputs inputs, List<EvaluationRow> group, List<MeasureInfo> measures, boolean scored) {
        List<String> scores = scored ? scores(group) : List.of();
        return IntStream.range(0, group.size()).mapToObj(i -> {
            var cells = new ArrayList<>(i == 0 ? inputs.cells() : List.of("", "", "", ""));
            cells.add(group.get(i).restorer());
            measures.forEach(measure -> cells.add(value(measure, group.get(i).values().get(measure.name()))));
            if (scored) {
                cells.add(scores.get(i));
            }
            return List.copyOf(cells);
        }).toList();
    }

    private static List<String> scores(List<EvaluationRow> group) {
        List<AggregatedScore.Row> table = group.stream().map(EvaluationRow::values)
                .map(values -> new AggregatedScore.Row(values.get("psnr"), values.get("ms-ssim"), values.get("lpips"))).toList();
        Optional<double[]> scores = AggregatedScore.of(table);
        return IntStream.range(0, group.size()).mapToObj(i -> scores.map(each -> decimal("%.3f", each[i])).orElse("")).toList();
    }

    private static String value(MeasureInfo measure, double value) {
        if (!measure.unit().isEmpty()) {
            return decimal("%.2f", value);
        }
        return decimal(value != 0 && Math.abs(value) < 0.01 ? "%.3g" : "%.4f", value);
    }

    private static String decimal(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    private static String aligned(List<List<String>> cells) {
        int[] widths = IntStream.range(0, cells.get(0).size())
                .map(column -> cells.stream().mapToInt(line -> line.get(column).length()).max().orElseThrow())
                .toArray();
        String rule = Arrays.stream(widths).mapToObj("-"::repeat).collect(Collectors.joining("-|-", "|-", "-|"));
        Stream<String> lines = cells.stream().skip(1).map(line -> line(line, widths));
        return Stream.concat(Stream.of(line(cells.get(0), widths), rule), lines).collect(Collectors.joining("\n"));
    }

    private static String line(List<String> cells, int[] widths) {
        return IntStream.range(0, widths.length)
                .mapToObj(column -> String.format("%-" + widths[column] + "s", cells.get(column)))
                .collect(Collectors.joining(" | ", "| ", " |"));
    }
}
