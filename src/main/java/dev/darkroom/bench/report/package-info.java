/** What a measurement says: tables, curves, and the statistics in them. */
package dev.darkroom.bench.report;
