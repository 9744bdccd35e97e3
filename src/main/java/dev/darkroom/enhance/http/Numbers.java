package dev.darkroom.enhance.http;

import dev.darkroom.enhance.EnhanceParameterException;
import dev.darkroom.http.Query;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Parameters that are numbers: what is none is a 400 that names the parameter. */
final class Numbers {
    /** Java would read 25d and 0x1p3 too. */
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,9}(\\.[0-9]{1,30})?([eE][+-]?[0-9]{1,3})?");
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,19}");

    private Numbers() {}

    static Optional<Double> decimal(Query query, String name) {
        return read(query, name, DECIMAL, Double::parseDouble);
    }

    static Optional<Long> whole(Query query, String name) {
        return read(query, name, WHOLE, Long::parseLong);
    }

    /** Whatever is too large for it is as large as it can be. */
    static Optional<Integer> small(Query query, String name) {
        return whole(query, name).map(value -> (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, value)));
    }

    private static <T> Optional<T> read(Query query, String name, Pattern number, Function<String, T> parse) {
        Optional<String> text = query.get(name);
        try {
            if (text.filter(written -> !number.matcher(written).matches()).isEmpty()) {
                return text.map(parse);
            }
        } catch (NumberFormatException e) {
            // too many digits
        }
        throw new EnhanceParameterException(name + " must be a " + (number == WHOLE ? "whole number" : "number"));
    }
}
