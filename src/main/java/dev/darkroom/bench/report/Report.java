package dev.darkroom.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Says what was found as soon as it is, so that an interrupted run is not lost. */
public final class Report {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final PrintWriter out;
    private final Optional<Path> json;
    private final Map<String, Finding> findings = new LinkedHashMap<>();

    /** @param json the file that holds all findings as JSON */
    public Report(PrintWriter out, Optional<Path> json) {
        this.out = out;
        this.json = json;
    }

    public void print(Table table) {
        out.println(table);
        out.flush();
    }

    /** @throws UncheckedIOException if the file cannot be written */
    public void add(String name, Finding finding) {
        findings.put(name, finding);
        finding.tables().forEach(this::print);
        json.ifPresent(this::write);
    }

    private void write(Path file) {
        try {
            JSON.writeValue(file.toFile(), findings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
