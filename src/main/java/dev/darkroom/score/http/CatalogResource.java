package dev.darkroom.score.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.darkroom.http.access.Requires;
import dev.darkroom.http.access.Role;
import dev.darkroom.loss.Measures;
import dev.darkroom.loss.measure.Measure;
import dev.darkroom.loss.measure.MeasureInfo;
import dev.darkroom.loss.measure.MeasureOption;
import dev.darkroom.loss.measure.NetworkMeasure;
import dev.darkroom.loss.network.FeatureWeightsException;
import dev.darkroom.score.Metric;
import dev.darkroom.score.Scorer;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /v1/metrics-catalog}: everything that can be measured here. */
@Path("/v1/metrics-catalog")
@Requires({Role.ENHANCE, Role.SCORE, Role.ADMIN})
@SecurityRequirement(name = "key")
@SecurityRequirement(name = "token")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "score")
public class CatalogResource {
    private final Scorer scorer;

    CatalogResource(Scorer scorer) {
        this.scorer = scorer;
    }

    /** One metric. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "MetricDescription", description = "A metric and what its values mean.")
    public record Description(String name, String unit,
            @Schema(enumeration = {"higher", "lower"}) String better,
            @Schema(description = "Lowest and highest value; the text Infinity where that can be reached, null where there is no bound.") List<Object> range,
            @Schema(description = "Where the formula is from.") String reference,
            @Schema(description = "The shortest side of a picture it works on, in pixels.") int smallestSide,
            List<Option> options,
            @Schema(description = "Whether the weights it needs are installed; true where it needs none.") boolean installed,
            @Schema(description = "What is missing, and what installs it.") String missing) {

        static Description of(Measure measure) {
            MeasureInfo info = measure.info();
            boolean installed = !(measure instanceof NetworkMeasure onNetwork) || onNetwork.installed();
            return new Description(info.name(), Metric.unit(info), Metric.better(info), Metric.range(info), info.source(), info.smallestSide(),
                    Measures.options(info.name()).stream().map(Option::of).toList(), installed, installed ? null : missing((NetworkMeasure) measure));
        }

        private static String missing(NetworkMeasure measure) {
            try {
                measure.provenance();
                return null; // installed meanwhile
            } catch (FeatureWeightsException e) {
                return e.getMessage();
            }
        }
    }

    /** Something about a metric that can be chosen. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @Schema(name = "MetricOption", description = "Something about a metric that can be chosen with METRIC.OPTION=value.")
    public record Option(String name, String description, @JsonProperty("default") String standard,
            @Schema(description = "Absent where it is a number.") List<String> choices) {

        static Option of(MeasureOption option) {
            return new Option(option.name(), option.description(), option.standard(), option.choices());
        }
    }

    @GET
    @Blocking
    @Operation(operationId = "listMetrics", summary = "Every metric, its options, and whether its weights are installed")
    public List<Description> all() {
        return Measures.all(scorer.networks()).stream().map(Description::of).toList();
    }
}
