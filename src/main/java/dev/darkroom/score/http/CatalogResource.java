package dev.darkroom.score.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.darkroom.http.KeptJson;
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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** {@code GET /v1/metrics-catalog}: everything that can be measured here. */
@Path("/v1/metrics-catalog")
@Requires({Role.ENHANCE, Role.SCORE, Role.ADMIN})
@Produces(MediaType.APPLICATION_JSON)
public class CatalogResource {
    private final Scorer scorer;
    private final KeptJson json;

    CatalogResource(Scorer scorer, KeptJson json) {
        this.scorer = scorer;
        this.json = json;
    }

    /**
     * One metric.
     *
     * @param range        lowest and highest value, null where there is no bound
     * @param reference    where the formula is from
     * @param smallestSide the shortest side of a picture it works on, pixels
     * @param installed    whether the weights it needs are; true where it needs none
     * @param missing      what is, and what installs it; or null
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Description(String name, String unit, String better, List<Number> range, String reference, int smallestSide,
            List<Option> options, boolean installed, String missing) {

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

    /** Something about a metric that can be chosen with METRIC.OPTION=value; a number where there are no choices. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Option(String name, String description, @JsonProperty("default") String standard, List<String> choices) {

        static Option of(MeasureOption option) {
            return new Option(option.name(), option.description(), option.standard(), option.choices());
        }
    }

    @GET
    @Blocking
    public Response all(@Context Request request) {
        return json.answer(Measures.all(scorer.networks()).stream().map(Description::of).toList(), request);
    }
}
