package dev.darkroom.adopt;

import dev.darkroom.model.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What was found out about a network, in plain words. */
final class Findings {
    private Findings() {}

    static List<String> of(Manifest manifest, Trial.Outcome outcome, long bytes) {
        List<String> lines = new ArrayList<>();
        lines.add(words("%s: %.2f million parameters, %.1f MB", manifest.architecture(), manifest.parameters() / 1e6, bytes / 1e6));
        lines.add(words("takes %s from %s to %s%s", manifest.channels().in() == 1 ? "one channel" : "colour", number(manifest.range().low()),
                number(manifest.range().high()), manifest.scale() == 1 ? "" : ", enlarges " + manifest.scale() + " times"));
        lines.add(manifest.condition().isEmpty() ? "is told nothing but the picture" : "is told " + String.join(", ", manifest.condition()));
        lines.add(sizes(manifest));
        lines.add(manifest.blended() ? words("sees more than a tile holds: tiles overlap by at least %d px and are blended, %.1f dB from %s",
                2 * manifest.receptiveFieldRadius(), manifest.tiledPsnrDb(), manifest.takesOneSize() ? "the same in other tiles" : "the whole picture")
                : words("sees %d px around: tiles give exactly what the whole picture gives", manifest.receptiveFieldRadius()));
        lines.add("computes in " + manifest.precisions().stream().map(Object::toString).collect(Collectors.joining(", ")));
        lines.add(words("restored a picture of %d tiles on %s, %.2f s for a tile of %d px", outcome.tiles(), outcome.device(), outcome.secondsPerTile(),
                manifest.tiles().get(0)));
        lines.add(manifest.licence() == null ? "no --licence was given: find out what you may do with these weights" : "licence: " + manifest.licence());
        return lines;
    }

    private static String sizes(Manifest manifest) {
        if (manifest.takesOneSize()) {
            return "takes pictures of %1$d x %1$d px alone".formatted(manifest.sizeMultiple());
        }
        return manifest.sizeMultiple() == 1 ? "takes pictures of any size" : "takes pictures whose sides are multiples of %d px".formatted(manifest.sizeMultiple());
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    private static String words(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
