package dev.darkroom.train.evaluation;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.inference.device.Processor;
import dev.darkroom.loss.measure.MeasureInfo;
import dev.darkroom.model.store.CheckpointPublisher;
import dev.darkroom.train.photo.Planes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where the results of an evaluation go: the terminal in any case, and wherever else they are wanted. */
final class EvaluationReport {
    @Option(names = "--results", paramLabel = "FILE", description = "Also write the results here, as JSON.")
    private Path results;

    @Option(names = "--record", description = "Also write the checkpoints' results, of whole sets, into their manifests.")
    private boolean record;

    @Option(names = "--page", paramLabel = "FILE",
            description = "Also put the table into this Markdown file, in place of what an earlier evaluation of the task put there.")
    private Path page;

    @Option(names = "--table", paramLabel = "NAME", description = "The table's name in the page. Default: the task's.")
    private String table;

    @Option(names = "--sheet", paramLabel = "DIR", description = "Also write contact sheets here, one for each set and protocol: crops of "
            + "every picture side by side, from where the results differ most.")
    private Path sheets;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    private final Map<Exercise, ContactSheet> sheetOf = new LinkedHashMap<>();

    boolean records() {
        return record;
    }

    /** Keeps what a contact sheet shows of a picture. */
    void show(Exercise exercise, Map<String, Planes> restored, Planes original) {
        if (sheets != null) {
            sheetOf.computeIfAbsent(exercise, first -> new ContactSheet()).add(restored, original);
        }
    }

    /** Writes the contact sheets of what was shown of a set. */
    void sheetsOf(String set) throws IOException {
        for (var sheet : sheetOf.entrySet()) {
            Files.write(Files.createDirectories(sheets).resolve(set + "-" + sheet.getKey().fileName() + ".png"), sheet.getValue().png());
        }
        sheetOf.clear();
    }

    /**
     * Prints the table and puts it where it is wanted.
     *
     * @param title     of the table in the page, if no other is given
     * @param restorers by the names that the rows have
     * @param store     whose manifests are written into
     */
    void write(String title, List<EvaluationRow> rows, List<MeasureInfo> columns, Map<String, Restorer> restorers, Path store) throws IOException {
        String measuredTable = EvaluationTable.of(rows, columns);
        spec.commandLine().getOut().println(measuredTable);
        if (results != null) {
            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(results.toFile(), rows);
        }
        if (record) {
            restorers.forEach((name, restorer) -> record(name, restorer, rows, columns, store));
        }
        if (page != null) {
            String measured = "%s%n%n```sh%n%s%n```%n%n%s; %s.".formatted(measuredTable, command(), Processor.description(), LocalDate.now(ZoneOffset.UTC));
            ResultsPage.put(page, table == null ? title : table, measured);
        }
    }

    private static void record(String name, Restorer restorer, List<EvaluationRow> rows, List<MeasureInfo> columns, Path store) {
        if (restorer instanceof CheckpointRestorer checkpoint) {
            new CheckpointPublisher(store).record(checkpoint.id(), rows.stream().filter(row -> row.restorer().equals(name))
                    .flatMap(row -> row.forManifest(columns)).toList());
        }
    }

    /** What anyone would type to see the table, without where results went on this machine. */
    private String command() {
        List<String> arguments = new ArrayList<>(List.of("./darkroom", "evaluate"));
        Iterator<String> given = spec.commandLine().getParseResult().originalArgs().iterator();
        while (given.hasNext()) {
            String argument = given.next();
            switch (argument) {
                case "evaluate", "--record" -> { } // the first is there when this is a command of the launcher's
                case "--page", "--table", "--store", "--results", "--sheet" -> given.next();
                default -> arguments.add(argument);
            }
        }
        return String.join(" ", arguments);
    }
}
