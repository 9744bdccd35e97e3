package dev.darkroom.bench;

import java.util.List;

/** What a phase found: numbers for JSON in its components, and tables for people. */
interface Finding {
    List<Table> tables();
}
