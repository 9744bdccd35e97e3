package dev.darkroom.score;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.darkroom.loss.FeatureWeightsException;
import dev.darkroom.loss.UnmeasurableException;
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

    /**
     * A value with all that is needed to compare it with another, or the reason why there is none.
     *
     * @param value      null if it is infinite, or there is an error
     * @param infinite   whether it is positive infinity, as the PSNR of equal pictures is; null if it is not
     * @param range      lowest and highest value, null where there is no bound
     * @param convention how the pictures were prepared (color, crop, quantize), the metric's options, and for metrics on networks which
     *                   one and the sha256 of its weights; values under different conventions must not be compared
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Result(@JsonInclude Double value, Boolean infinite, String unit, String better, List<Number> range,
            Map<String, Object> convention, Failure error) {

        /** @throws IllegalArgumentException if the value is not a number */
        static Result of(double value, String unit, String better, List<Number> range, Map<String, Object> convention) {
            if (Double.isNaN(value)) {
                throw new IllegalArgumentException("not a number");
            }
            return Double.isInfinite(value)
                    ? new Result(null, true, unit, better, range, convention, null)
                    : new Result(value, null, unit, better, range, convention, null);
        }

        static Result failed(Failure error) {
            return new Result(null, null, null, null, null, null, error);
        }

        /** @throws IllegalStateException if there is none */
        double number() {
            if (error != null) {
                throw new IllegalStateException(error.title());
            }
            return value == null ? Double.POSITIVE_INFINITY : value;
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
