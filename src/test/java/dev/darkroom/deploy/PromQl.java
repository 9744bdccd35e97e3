package dev.darkroom.deploy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much of Prometheus' language as it takes to find which series a query reads, and by which labels. */
final class PromQl {
    private static final Set<String> WORDS = Set.of("by", "without", "on", "ignoring", "group_left", "group_right", "and", "or", "unless", "bool", "offset");
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|without|on|ignoring)\\s*\\(([^)]*)\\)");
    private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");
    private static final Pattern SELECTOR = Pattern.compile("(?<![\\w.:$])([a-zA-Z_:][\\w:]*)\\s*(?:\\{([^}]*)}|(\\())?");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]\\w*)\\s*(?:=~|!~|!=|=)\\s*\"[^\"]*\"");

    private PromQl() {}

    /** A series and the labels by which it is chosen or grouped. */
    record Series(String metric, Set<String> labels) {}

    static List<Series> series(String query) {
        Set<String> grouping = new HashSet<>();
        GROUPING.matcher(query).results().forEach(by -> grouping.addAll(Set.of(by.group(1).split("\\s*,\\s*"))));
        Matcher selector = SELECTOR.matcher(RANGE.matcher(GROUPING.matcher(query).replaceAll(" ")).replaceAll(""));
        List<Series> series = new ArrayList<>();
        while (selector.find()) {
            if (selector.group(3) == null && !WORDS.contains(selector.group(1))) {
                var labels = new HashSet<>(grouping);
                if (selector.group(2) != null) {
                    LABEL.matcher(selector.group(2)).results().forEach(label -> labels.add(label.group(1)));
                }
                series.add(new Series(selector.group(1), labels));
            }
        }
        return series;
    }
}
