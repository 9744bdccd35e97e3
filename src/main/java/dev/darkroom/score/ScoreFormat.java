package dev.darkroom.score;

import java.util.Locale;

/** How the command line writes results. */
enum ScoreFormat {
    TABLE, JSON, CSV;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
