package dev.darkroom.bench.report;

import java.util.List;

/** What a phase found: numbers for JSON in its components, and tables for people. */
public interface Finding {
    List<Table> tables();
}
