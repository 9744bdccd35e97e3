package dev.darkroom.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which checkpoint of a task a caller asks for. */
public sealed interface ModelRequest {

    Pattern SYNTAX = Pattern.compile("([^@]+)(?:@([1-9][0-9]{0,8}))?");

    /** The store's default for the task. */
    record Default() implements ModelRequest {}

    /** The highest version of a loss that is ready. */
    record Latest(String loss) implements ModelRequest {}

    /** One version and no other. */
    record Exactly(String loss, int version) implements ModelRequest {}

    /**
     * Reads {@code LOSS} or {@code LOSS@VERSION}; {@code null} asks for the default.
     *
     * @throws InvalidModelRequestException if the value has neither form
     */
    static ModelRequest parse(String value) {
        if (value == null) {
            return new Default();
        }
        Matcher matcher = SYNTAX.matcher(value);
        if (!matcher.matches() || !CheckpointId.isLoss(matcher.group(1))) {
            throw new InvalidModelRequestException();
        }
        String version = matcher.group(2);
        return version == null
                ? new Latest(matcher.group(1))
                : new Exactly(matcher.group(1), Integer.parseInt(version));
    }
}
