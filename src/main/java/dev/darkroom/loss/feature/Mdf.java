package dev.darkroom.loss.feature;

import ai.djl.ndarray.NDArray;
import dev.darkroom.loss.measure.Chosen;
import dev.darkroom.loss.measure.MeasureInfo;
import dev.darkroom.loss.measure.MeasureOption;
import dev.darkroom.loss.measure.NetworkMeasure;
import dev.darkroom.loss.network.FeatureNetworks;
import dev.darkroom.loss.network.OwnDiscriminators;
import dev.darkroom.loss.network.Provenance;
import java.util.List;
import java.util.Map;

/**
 * Multi-scale discriminative features (Mustafa et al. 2022): the mean squared differences of what eight single-image
 * discriminators see, summed over their first, fourth and last outputs, unweighted.
 *
 * <p>As in the published code every discriminator sees the whole picture, in [0,1], and a ninth one is left out.
 */
public final class Mdf {

    private static final String SOURCE = "Mustafa, Mikhailiuk, Iliescu, Babbar, Mantiuk: "
            + "Training a task-specific image reconstruction loss, 2022";
    private static final int SMALLEST_SIDE = 11;
    public static final List<MeasureOption> OF_OWN = List.of(
            MeasureOption.choice("task", "whose distortions they were trained on", "super-resolve", "denoise", "dejpeg"));
    private static final List<String> OUTPUTS = List.of("head", "body", "tail");

    private Mdf() {}

    /** Trained for super-resolution; the authors publish the same file for denoising. */
    public static NetworkMeasure superResolution(FeatureNetworks networks) {
        return measure(networks, "mdf-sr");
    }

    /** Trained for JPEG artefacts. */
    public static NetworkMeasure jpeg(FeatureNetworks networks) {
        return measure(networks, "mdf-jpeg");
    }

    /** Trained by ourselves, on one picture, for the task that is chosen. */
    public static NetworkMeasure own(Chosen chosen, FeatureNetworks networks) {
        return measure("mdf-own", OwnDiscriminators.nameOf(chosen.text("task")), networks);
    }

    private static NetworkMeasure measure(FeatureNetworks networks, String name) {
        return measure(name, name, networks);
    }

    private static NetworkMeasure measure(String name, String weights, FeatureNetworks networks) {
        return new FeatureDistance(
                MeasureInfo.distance(name, SMALLEST_SIDE, SOURCE),
                new Provenance(networks, Map.of("network", weights), List.of(weights)),
                () -> networks.discriminators(weights),
                OUTPUTS,
                (u, v, output) -> meanSquare(u, v));
    }

    private static NDArray meanSquare(NDArray u, NDArray v) {
        try (NDArray difference = u.sub(v); NDArray square = difference.square()) {
            return square.mean(new int[] {1});
        }
    }
}
