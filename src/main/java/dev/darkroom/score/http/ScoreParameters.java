package dev.darkroom.score.http;

import dev.darkroom.loss.network.FeatureNetworks;
import dev.darkroom.score.ScoreRequest;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** The query parameters of a scoring: what cannot be read is a 400 that names the parameter. */
public class ScoreParameters {
    @QueryParam("metrics")
    @Parameter(description = "Names separated by commas; all adds every other metric that fits the pictures. /v1/metrics-catalog lists them.",
            schema = @Schema(type = SchemaType.STRING, defaultValue = ScoreRequest.STANDARD))
    String metrics;

    @QueryParam("color")
    @Parameter(description = "RGB, all channels together, or the studio luma of BT.601. Metrics on networks always see RGB.",
            schema = @Schema(type = SchemaType.STRING, enumeration = {"rgb", "y"}, defaultValue = "rgb"))
    String color;

    @QueryParam("crop")
    @Parameter(description = "Pixels left out along each border.",
            schema = @Schema(type = SchemaType.INTEGER, minimum = "0", defaultValue = "0"))
    String crop;

    @QueryParam("quantize")
    @Parameter(description = "8bit rounds samples as a saved 8-bit file would, none takes them as they are.",
            schema = @Schema(type = SchemaType.STRING, enumeration = {"8bit", "none"}, defaultValue = "8bit"))
    String quantize;

    @Context
    UriInfo uri;

    ScoreRequest request(FeatureNetworks networks) {
        var convention = ScoreRequest.convention(given(color).orElse("rgb"), given(crop).orElse("0"), given(quantize).orElse("8bit"));
        return ScoreRequest.of(given(metrics).orElse(ScoreRequest.STANDARD), options(), convention, networks);
    }

    /** Every parameter with a dot in its name is an option of a metric. */
    private Map<String, String> options() {
        var options = new TreeMap<String, String>();
        uri.getQueryParameters().forEach((name, values) -> {
            if (name.contains(".")) {
                options.put(name, values.get(0));
            }
        });
        return options;
    }

    private static Optional<String> given(String text) {
        return Optional.ofNullable(text).filter(value -> !value.isBlank());
    }
}
