package dev.darkroom.http;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One of a list in a query parameter, with settings of its own: {@code denoise:sigma=25:model=pdl}.
 *
 * @param settings by name, in the order in which they are written
 */
public record Choice(String name, Map<String, String> settings) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9@._+-]{1,128}");
    private static final int MOST = 64;

    /**
     * Reads a list with commas.
     *
     * @param parameter whose value it is
     * @throws InvalidQueryException naming the parameter if it is written in another way
     */
    public static List<Choice> list(String parameter, String written) {
        String[] items = written.split(",", -1);
        if (items.length > MOST) {
            throw new InvalidQueryException("%s may list at most %d".formatted(parameter, MOST));
        }
        return Arrays.stream(items).map(item -> of(parameter, item.strip())).toList();
    }

    private static Choice of(String parameter, String item) {
        String[] parts = item.split(":", -1);
        var settings = new LinkedHashMap<String, String>();
        for (String part : Arrays.asList(parts).subList(1, parts.length)) {
            String[] setting = part.split("=", 2);
            if (setting.length < 2 || !NAME.matcher(setting[0]).matches() || !VALUE.matcher(setting[1]).matches()) {
                throw malformed(parameter);
            }
            if (settings.put(setting[0], setting[1]) != null) {
                throw new InvalidQueryException("%s gives %s:%s more than once".formatted(parameter, parts[0], setting[0]));
            }
        }
        if (!NAME.matcher(parts[0]).matches()) {
            throw malformed(parameter);
        }
        return new Choice(parts[0], settings);
    }

    private static InvalidQueryException malformed(String parameter) {
        return new InvalidQueryException("%s is a list with commas of NAME or NAME:SETTING=VALUE, for example %s".formatted(parameter,
                parameter.equals("steps") ? "dejpeg,denoise:sigma=25,super-resolve:scale=2" : "psnr,pdl:p=2"));
    }

    /** The settings as parameters of a request of their own. */
    public Query query() {
        return new Query(settings);
    }
}
