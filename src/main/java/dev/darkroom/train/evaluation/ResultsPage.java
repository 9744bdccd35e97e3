package dev.darkroom.train.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Markdown page of results between which people write: each result stands between two comments, of which the first
 * names it, and only that part is ever replaced.
 */
final class ResultsPage {
    private static final String BEGIN = "<!-- measured: %s -->";
    private static final String END = "<!-- end of what was measured -->";

    private ResultsPage() {}

    /** Puts the text in the place of the result of that name, or below everything else if there is none yet. */
    static void put(Path page, String name, String text) throws IOException {
        String before = Files.exists(page) ? Files.readString(page) : "# Results\n";
        String begin = BEGIN.formatted(name);
        String part = begin + "\n" + text.strip() + "\n" + END;
        Matcher place = Pattern.compile(Pattern.quote(begin) + ".*?" + Pattern.quote(END), Pattern.DOTALL).matcher(before);
        String after = place.find()
                ? before.substring(0, place.start()) + part + before.substring(place.end())
                : before.stripTrailing() + "\n\n## " + Character.toUpperCase(name.charAt(0)) + name.substring(1) + "\n\n" + part + "\n";
        Files.writeString(page, after);
    }
}
