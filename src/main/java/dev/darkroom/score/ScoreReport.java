package dev.darkroom.score;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.darkroom.loss.measure.UnmeasurableException;
import dev.darkroom.loss.network.FeatureWeightsException;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How candidates compare with their reference. */
@Schema(description = "How candidates compare with their reference.")
public record ScoreReport(Reference reference, List<Candidate> candidates) {

    /** What was compared with; width and height of the upright picture. */
    @Schema(name = "ScoreReference", description = "The reference, upright.")
    public record Reference(String name, int width, int height, @Schema(description = "Of the file.") String sha256) {}

    /** A candidate's place among the others and its values, in the order in which they were asked for. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "ScoreCandidate", requiredProperties = {"name", "metrics"})
    public record Candidate(String name,
            @Schema(description = "1 is best; candidates with the same score share it.") Integer rank,
            @Schema(description = "Equation 7 of the PDL paper over these candidates, at most 1. Rank and score are there with two or more "
                    + "candidates and PSNR, MS-SSIM and LPIPS of all of them, none of which equals the reference.") Double score,
            Map<String, Result> metrics) {}

    /** A value with all that is needed to compare it with another, or the reason why there is none. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "ScoreResult", description = "A value and what it means, or an error.")
    public record Result(
            @Schema(description = "A number, or the text Infinity.", oneOf = {Double.class, String.class}) Object value,
            String unit,
            @Schema(enumeration = {"higher", "lower"}) String better,
            @Schema(description = "Lowest and highest value; the text Infinity where that can be reached, null where there is no bound.") List<Object> range,
            @Schema(description = "How the pictures were prepared (color, crop, quantize), the metric's options, and for metrics on networks "
                    + "which one and the sha256 of its weights. Values under different conventions must not be compared.") Map<String, Object> convention,
            Failure error) {

        static Result failed(Failure error) {
            return new Result(null, null, null, null, null, error);
        }
    }

    /** Why there is no value. */
    @Schema(name = "ScoreFailure", description = "Why there is no value.")
    public record Failure(@Schema(description = "A stable name: urn:darkroom:problem:unmeasurable or urn:darkroom:problem:weights-missing.") String type,
            @Schema(description = "What the metric would need.") String title) {

        static Failure of(UnmeasurableException unfit) {
            return unmeasurable(unfit.getMessage());
        }

        static Failure of(FeatureWeightsException missing) {
            return new Failure("urn:darkroom:problem:weights-missing", missing.getMessage());
        }

        static Failure unmeasurable(String title) {
            return new Failure("urn:darkroom:problem:unmeasurable", title);
        }
    }
}
