package dev.darkroom.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** The drawing, as a browser reads it. */
class PlotTest {
    @Test
    void drawsALineForEachSeriesWithinItsPanel() throws Exception {
        var plot = new Plot("load < capacity & more", new double[] {0, 1, 2}, 2)
                .panel("a", Plot.line("up", List.of(0, 5, 10), value -> value), Plot.line("down", List.of(10, 5, 0), value -> value))
                .panel("b", Plot.line("flat", List.of(3, 3, 3), value -> value));

        Element svg = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new ByteArrayInputStream(plot.svg().getBytes(StandardCharsets.UTF_8))).getDocumentElement();
        var lines = svg.getElementsByTagName("polyline");

        assertThat(lines.getLength()).isEqualTo(3);
        assertThat(points(lines.item(0))).isEqualTo("60.0,150.0 435.0,95.0 810.0,40.0");
        assertThat(points(lines.item(1))).isEqualTo("60.0,40.0 435.0,95.0 810.0,150.0");
        assertThat(points(lines.item(2))).isEqualTo("60.0,184.0 435.0,184.0 810.0,184.0");
        assertThat(svg.getElementsByTagName("text").item(0).getTextContent()).isEqualTo("load < capacity & more");
    }

    private static String points(org.w3c.dom.Node line) {
        return line.getAttributes().getNamedItem("points").getNodeValue().strip();
    }
}
