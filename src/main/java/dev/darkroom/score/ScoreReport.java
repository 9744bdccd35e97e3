package dev.darkroom.score;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.darkroom.loss.measure.UnmeasurableException;
import dev.darkroom.loss.network.FeatureWeightsException;
import java.util.List;
import java.util.Map;

/** How candidates compare with their reference. */
public record ScoreReport(Reference reference, List<Candidate> candidates) {

    /** What was compared with; width and height of the upright picture. */
public record Reference(String name, int width, int height, String sha256) {}

    /** A candidate's place among the others and its values, in the order in which they were asked for. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
public record Candidate(String name,
Integer rank,
Double score,
            Map<String, Result> metrics) {}

    /**
     * A value with all that is needed to compare it with another, or the reason why there is none.
     *
     * @param value      null if it is infinite, or there is an error
     * @param infinite   whether it is positive infinity, as the PSNR of equal pictures is; null if it is not
     * @param range      lowest and highest value, null where there is no bound
     * @param convention how the pictures were prepared (color, crop, profiles, quantize), the metric's options, and for metrics on networks which
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
public record Failure(String type,
String title) {

        static Failure of(UnmeasurableException unfit) {
            return unmeasurable(unfit.getMessage());
        }

        static Failure of(FeatureWeightsException missing) {
            return new Failure("urn:darkroom:problem:weights-missing", missing.getMessage());
        }

        /** Not even a part of the pictures at a time would go into the device's memory. */
        static Failure outOfMemory() {
            return new Failure("urn:darkroom:problem:out-of-memory", "needs more memory than the device has left now");
        }

        static Failure unmeasurable(String title) {
            return new Failure("urn:darkroom:problem:unmeasurable", title);
        }
    }
}
