package dev.darkroom.compare;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.darkroom.model.Task;
import dev.darkroom.score.ScoreReport;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How the results of several checkpoints compare.
 *
 * @param reference that they were measured against, or null
 * @param results   in the order in which the checkpoints were asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CompareReport(Task task, Input input, ScoreReport.Reference reference, Once milliseconds, List<Result> results) {

    /** The upload; width and height of the upright picture. */
    public record Input(String name, int width, int height, String sha256) {}

    /** How long what is done once took; score is null without a reference. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Once(double admit, double decode, Double score) {}

    /** How long each checkpoint's own work took; queue is null where there was nothing to undo. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Each(double estimate, Double queue, double infer, double encode) {}

    /** What a checkpoint was told of the noise: standard deviations on the 0..255 scale. */
    public record Noise(double sigma, double luma, double chroma) {}

    /** A result as a file. */
    public record File(String name, String type, int width, int height, long bytes, String sha256) {}

    /**
     * What one checkpoint has made of the picture.
     *
     * @param model   for example denoise/pdl@1
     * @param sha256  of the checkpoint
     * @param noise   null if the checkpoint does not ask
     * @param shake   found, unseen or none; null if the checkpoint does not ask
     * @param jpeg    quality of the JPEG file that the picture is or was, 1 to 100; null if it is none, or the checkpoint does not ask
     * @param kept    how much of the checkpoint's change was done, 0 to 1; null if the picture is and was no JPEG file, or the checkpoint is not restrained
     * @param changed what could not be kept
     * @param rank    among the others, or null
     * @param score   by equation 7 of the PDL paper, or null
     * @param metrics measured against the reference, or null
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Result(String model, String sha256, String device, Each milliseconds, int tiles, int batches, Noise noise, String shake, Integer jpeg, Double kept,
            File picture, Set<String> changed, Integer rank, Double score, Map<String, ScoreReport.Result> metrics) {}
}
