package dev.darkroom.loss.measure;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What was chosen for a measure, and the standard for the rest. */
public final class Chosen {

    private final String measure;
    private final Map<String, String> values = new TreeMap<>();

    /** @throws MeasureOptionException if there is no such option, or it has other choices */
    public Chosen(String measure, List<MeasureOption> options, Map<String, String> choices) {
        this.measure = measure;
        for (String name : choices.keySet()) {
            if (options.stream().noneMatch(option -> option.name().equals(name))) {
                throw new MeasureOptionException("%s has no option '%s'; it has %s".formatted(measure, name, names(options)));
            }
        }
        options.forEach(option -> values.put(option.name(), checked(option, choices)));
    }

    private static String names(List<MeasureOption> options) {
        return options.isEmpty() ? "none" : String.join(", ", options.stream().map(MeasureOption::name).toList());
    }

    private String checked(MeasureOption option, Map<String, String> choices) {
        String value = choices.getOrDefault(option.name(), option.standard()).toLowerCase(Locale.ROOT);
        if (!option.choices().isEmpty() && !option.choices().contains(value)) {
            throw new MeasureOptionException("%s.%s is one of %s".formatted(measure, option.name(), String.join(", ", option.choices())));
        }
        return value;
    }

    public String text(String name) {
        return values.get(name);
    }

    /** @throws MeasureOptionException if it is not a whole number from {@code least} to {@code most} */
    public int whole(String name, int least, int most) {
        try {
            int value = Integer.parseInt(values.get(name));
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below, as for a number out of range.
        }
        throw new MeasureOptionException("%s.%s is a whole number from %d to %d".formatted(measure, name, least, most));
    }

    /** @throws MeasureOptionException if it is not a number above 0 and up to {@code most} */
    public double positive(String name, double most) {
        try {
            double value = Double.parseDouble(values.get(name));
            if (value > 0 && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below, as for a number out of range.
        }
        throw new MeasureOptionException("%s.%s is a number above 0 and up to %s".formatted(measure, name, most));
    }

    /** Everything that holds, to be reported with values. */
    public Map<String, String> all() {
        return values;
    }
}
