package dev.darkroom.loss.feature;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.darkroom.loss.arithmetic.Arithmetic;
import dev.darkroom.loss.measure.MeasureInfo;
import dev.darkroom.loss.measure.NetworkMeasure;
import dev.darkroom.loss.network.FeatureNetwork;
import dev.darkroom.loss.network.FeatureNetworks;
import dev.darkroom.loss.network.Provenance;
import dev.darkroom.loss.network.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Deep image structure and texture similarity (Ding et al. 2020): 1 minus the weighted mean, over the picture's channels
 * and those of five layers, of how alike their means and their correlations over all positions are.
 *
 * <p>Pictures are not resized, and the weights are divided by their sum; both as in the authors' module, and unlike other
 * implementations. Values are in float64 whatever the pictures are in. Large pictures are taken in windows, which changes
 * nothing but the order of summation.
 */
public final class Dists implements NetworkMeasure {

    private static final MeasureInfo INFO = new MeasureInfo("dists", "", MeasureInfo.Better.LOWER, 0, 2, 16,
            "Ding, Ma, Wang, Simoncelli: Image quality assessment: unifying structure and texture similarity, 2020");

    private static final String[] LAYERS = {"relu1_2", "relu2_2", "relu3_3", "relu4_3", "relu5_3"};
    private static final double FLOOR = 1e-6;

    private final FeatureNetworks networks;
    private final Provenance provenance;

    public Dists(FeatureNetworks networks) {
        this.networks = networks;
        this.provenance = new Provenance(networks, Map.of("network", "vgg16"), List.of("vgg16", "dists"));
    }

    @Override
    public MeasureInfo info() {
        return INFO;
    }

    @Override
    public boolean installed() {
        return provenance.installed();
    }

    @Override
    public Map<String, String> provenance() {
        return provenance.report();
    }

    @Override
    public NDArray compare(NDArray restored, NDArray reference) {
        INFO.requireFit(restored, reference);
        FeatureNetwork network = networks.vgg16WithL2Pooling();
        try (NDManager scope = restored.getManager().newSubManager()) {
            Moments[] moments = new Moments[LAYERS.length + 1];
            for (Window window : Window.of(restored.getShape(), network.reach(LAYERS))) {
                try (NDManager part = scope.newSubManager()) {
                    List<NDArray> u = stages(network, window, restored, part);
                    List<NDArray> v = stages(network, window, reference, part);
                    for (int stage = 0; stage < moments.length; stage++) {
                        Moments own = Moments.of(u.get(stage), v.get(stage)).in(scope);
                        moments[stage] = moments[stage] == null ? own : moments[stage].merge(own);
                    }
                }
            }
            NDArray distance = distance(moments);
            distance.attach(restored.getManager());
            return distance;
        }
    }

    /** The picture itself and the features of every layer. */
    private static List<NDArray> stages(FeatureNetwork network, Window window, NDArray pictures, NDManager scope) {
        NDArray seen = window.of(pictures);
        seen.attach(scope);
        List<NDArray> features = network.features(seen, LAYERS);
        var stages = new ArrayList<NDArray>();
        stages.add(window.own(seen, 1));
        for (int layer = 0; layer < LAYERS.length; layer++) {
            stages.add(window.own(features.get(layer), network.stride(LAYERS[layer])));
        }
        return stages;
    }

    /** Shape (N), in float64. */
    private NDArray distance(Moments[] moments) {
        var structures = new NDList();
        var textures = new NDList();
        for (Moments stage : moments) {
            textures.add(similarity(stage.meanU().mul(stage.meanV()), stage.meanU().square(), stage.meanV().square()));
            structures.add(similarity(stage.covariance(), stage.varianceU(), stage.varianceV()));
        }
        NDArray texture = NDArrays.concat(textures, 1);
        Map<String, NDArray> weights = networks.weights("dists").like(texture);
        NDArray alpha = weights.get("alpha").reshape(1, -1);
        NDArray beta = weights.get("beta").reshape(1, -1);
        NDArray alike = texture.mul(alpha).add(NDArrays.concat(structures, 1).mul(beta)).sum(new int[] {1});
        return alike.div(alpha.sum().add(beta.sum())).neg().add(1);
    }

    private static NDArray similarity(NDArray product, NDArray squareU, NDArray squareV) {
        return Arithmetic.times(product, 2).add(FLOOR).div(squareU.add(squareV).add(FLOOR));
    }
}
