package dev.darkroom.loss.measure;

import java.util.List;

/**
 * What can be chosen about a measure, as in {@code pdl.p=2}; another choice is another measure.
 *
 * @param name the part behind the dot
 * @param description what it changes, for people
 * @param standard what holds where nothing is chosen
 * @param choices every value it may have; empty for a number
 */
public record MeasureOption(String name, String description, String standard, List<String> choices) {

    public static MeasureOption number(String name, String standard, String description) {
        return new MeasureOption(name, description, standard, List.of());
    }

    /** The first choice is the standard one. */
    public static MeasureOption choice(String name, String description, String... choices) {
        return new MeasureOption(name, description, choices[0], List.of(choices));
    }
}
