package dev.darkroom.bench.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Lines over time in panels one below the other, as an SVG that needs nothing else. */
public final class Plot {
    private static final int WIDTH = 820;
    private static final int LEFT = 60;
    private static final int RIGHT = 10;
    private static final int HEIGHT = 110;
    private static final int GAP = 34;
    private static final int TOP = 40;
    /** Blue and orange of Okabe and Ito's palette, which everybody can tell apart. */
    private static final String[] COLORS = {"#0072b2", "#e69f00"};

    private final String title;
    private final double[] hours;
    private final double until;
    private final List<Panel> panels = new ArrayList<>();

    public record Line(String name, double[] values) {}

    private record Panel(String label, List<Line> lines) {
        double highest() {
            double most = lines.stream().flatMapToDouble(line -> Arrays.stream(line.values())).max().orElse(1);
            double power = Math.pow(10, Math.floor(Math.log10(Math.max(most, 1e-3))));
            return Math.max(1e-3, Math.ceil(most / power * 2) / 2 * power);
        }
    }

    /**
     * @param hours of the values, ascending
     * @param until where the axis ends, at least the last of them
     */
    public Plot(String title, double[] hours, double until) {
        this.title = title;
        this.hours = hours;
        this.until = until;
    }

    public static <T> Line line(String name, List<T> items, ToDoubleFunction<T> value) {
        return new Line(name, items.stream().mapToDouble(value).toArray());
    }

    public Plot panel(String label, Line... lines) {
        panels.add(new Panel(label, List.of(lines)));
        return this;
    }

    public String svg() {
        int height = TOP + panels.size() * (HEIGHT + GAP) + 10;
        var svg = new StringBuilder("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">
                <rect width="100%%" height="100%%" fill="white"/>
                <text x="%d" y="20" font-size="14" font-weight="bold">%s</text>
                """.formatted(WIDTH, height, LEFT, escape(title)));
        for (int i = 0; i < panels.size(); i++) {
            draw(panels.get(i), TOP + i * (HEIGHT + GAP), svg);
        }
        return svg.append("</svg>\n").toString();
    }

    private void draw(Panel panel, int top, StringBuilder svg) {
        double highest = panel.highest();
        int bottom = top + HEIGHT;
        text(svg, LEFT, top - 4, "start", "black", panel.label());
        for (double share : new double[] {0, 0.5, 1}) {
            double y = bottom - share * HEIGHT;
            svg.append(format("<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#ddd\"/>%n", LEFT, y, WIDTH - RIGHT, y));
            text(svg, LEFT - 6, y + 4, "end", "#555", number(share * highest));
        }
        for (int i = 0; i <= 6; i++) {
            text(svg, x(i / 6.0), bottom + 14, i == 0 ? "start" : i == 6 ? "end" : "middle", "#555", number(i / 6.0 * until) + " h");
        }
        for (int i = 0; i < panel.lines().size(); i++) {
            Line line = panel.lines().get(i);
            if (panel.lines().size() > 1) {
                text(svg, WIDTH - RIGHT - 90.0 * (panel.lines().size() - i - 1), top - 4, "end", COLORS[i], line.name());
            }
            svg.append("<polyline fill=\"none\" stroke-width=\"1.3\" stroke=\"").append(COLORS[i]).append("\" points=\"");
            for (int j = 0; j < hours.length; j++) {
                svg.append(format("%.1f,%.1f ", x(hours[j] / until), bottom - line.values()[j] / highest * HEIGHT));
            }
            svg.append("\"/>\n");
        }
    }

    private static double x(double share) {
        return LEFT + share * (WIDTH - LEFT - RIGHT);
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String color, String text) {
        svg.append(format("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>%n", x, y, anchor, color, escape(text)));
    }

    private static String number(double value) {
        return value >= 10 || value == Math.rint(value) ? format("%.0f", value) : format("%.3g", value).replaceFirst("0+$", "");
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
