package dev.darkroom.job;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How jobs are kept and run.
 *
 * @param folder        where; several processes may share it
 * @param keep          how long a job that has ended can be asked for
 * @param timeout      after which a job that has been begun is given up
 * @param atATime       jobs that this process runs at a time
 * @param most          jobs that are kept, ended or not
 * @param mostOfACaller jobs that are kept of one caller
 */
public record JobsSettings(Path folder, Duration keep, Duration timeout, int atATime, int most, int mostOfACaller) {}
