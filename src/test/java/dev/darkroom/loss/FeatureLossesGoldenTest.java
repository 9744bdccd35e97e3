package dev.darkroom.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.darkroom.loss.distribution.GoldenFeatureLosses;
import dev.darkroom.loss.network.FeatureNetworks;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Values on the features of VGG16, computed from the formulas elsewhere in float64. The losses as they are on all
 * pictures, most of their options on the smallest that is large enough: they change what becomes of features, whatever the size.
 */
class FeatureLossesGoldenTest {

    private static final Map<String, NDArray> PICTURES = new HashMap<>();

    private static NDManager shared;
    private static FeatureNetworks networks;
    private static GoldenFeatureLosses losses;

    private final NDManager manager = NDManager.newBaseManager();

    @BeforeAll
    static void load() {
        networks = PublishedWeights.networks();
        shared = NDManager.newBaseManager();
        losses = new GoldenFeatureLosses(networks);
    }

    @AfterAll
    static void unload() {
        if (networks != null) {
            shared.close();
            networks.close();
        }
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @CsvSource({
        "formula-64, gram, 5.27768676367564, 0.0005, 0",
        "formula-64, pdl, 0.1587909461351295, 0.0001, 1e-07",
        "formula-64, contextual-dp, 0.004356650974016289, 0.0001, 1e-05",
        "formula-64, contextual-l2, 0.003649987653764112, 0.0001, 1e-05",
        "formula-64, pdl p=2, 0.3108054092450353, 0.0001, 1e-07",
        "formula-64, pdl global, 0.1587909461351295, 0.0001, 1e-07",
        "formula-64, pdl rsp, 0.2756844975129019, 0.0001, 1e-07",
        "formula-64, pdl rpp, 0.17729084533403683, 0.0001, 1e-07",
        "formula-64, pdl r2p, 0.19496807206937675, 0.0001, 1e-07",
        "formula-64, pdl-loss, 0.05060847471870425, 0.0001, 1e-07",
        "formula-64, contextual-dp h=0.1, 8.197338367017808e-10, 0.0001, 1e-05",
        "formula-64, contextual-dp h=1.0, 0.05984796322552272, 0.0001, 1e-05",
        "formula-176, gram, 2.1721369046463392, 0.0005, 0",
        "formula-176, pdl, 0.07850234443328633, 0.0001, 1e-07",
        "formula-176, contextual-dp, 0.30073085928182103, 0.0001, 1e-05",
        "formula-176, contextual-l2, 0.3475713581181085, 0.0001, 1e-05",
        "noise-256, gram, 10.658257129601347, 0.0005, 0",
        "noise-256, pdl, 0.1754822093253009, 0.0001, 1e-07",
        "noise-256, contextual-dp, 3.1829079621466363, 0.0001, 1e-05",
        "noise-256, contextual-l2, 3.8834771144610776, 0.0001, 1e-05",
        "noise-256, d2sm, 0.0003360664548784425, 0.001, 1e-08",
        "noise-256, pdl-loss, 0.07911424975103486, 0.0001, 1e-07",
        "noise-256, d2sm ikl, 0.0003369487063791055, 0.001, 1e-08",
        "noise-256, d2sm sym, 0.000336507580628774, 0.001, 1e-08",
        "noise-256, d2sm jsd, 8.41234691643973e-05, 0.001, 1e-08",
        "noise-256, contextual-dp h=1.0, 4.2941256133954555, 0.0001, 1e-05",
        "jpeg-320, gram, 4.166345863080295, 0.0005, 0",
        "jpeg-320, pdl, 0.17187692689895873, 0.0001, 1e-07",
        "jpeg-320, contextual-dp, 3.864188824554998, 0.0001, 1e-05",
        "jpeg-320, contextual-l2, 4.8825926672131, 0.0001, 1e-05",
        "jpeg-320, d2sm, 0.00018139642593940984, 0.001, 1e-08",
        "jpeg-320, pdl global, 0.15952102589059228, 0.0001, 1e-07",
        "blur-odd, gram, 3.7947986892977625, 0.0005, 0",
        "blur-odd, pdl, 0.1277381450146815, 0.0001, 1e-07",
        "blur-odd, contextual-dp, 2.7188661272452466, 0.0001, 1e-05",
        "blur-odd, contextual-l2, 3.8865450422212207, 0.0001, 1e-05",
        "gray-192, gram, 13.152931388079775, 0.0005, 0",
        "gray-192, pdl, 0.2540904026372894, 0.0001, 1e-07",
        "gray-192, contextual-dp, 2.448266688469243, 0.0001, 1e-05",
        "gray-192, contextual-l2, 2.6677523389518463, 0.0001, 1e-05",
        "dark-280, gram, 0.007810090783723955, 0.0005, 0",
        "dark-280, pdl, 0.015551793376333854, 0.0001, 1e-07",
        "dark-280, contextual-dp, 0.016394665600396666, 0.0001, 1e-05",
        "dark-280, contextual-l2, 0.017907169510929796, 0.0001, 1e-05",
        "dark-280, d2sm, 2.6175071045939313e-06, 0.001, 1e-08",
    })
    void agreeWithIndependentValues(
            String pair, String loss, double expected, double relative, double absolute) {
        NDArray candidate = PICTURES.computeIfAbsent(pair + " candidate", key -> candidate(shared, pair));
        NDArray reference = PICTURES.computeIfAbsent(pair + " reference", key -> reference(shared, pair));

        double value = losses.named(loss).apply(candidate, reference).toType(DataType.FLOAT64, false).sum().getDouble();

        assertThat(value).isCloseTo(expected, within(absolute + relative * expected));
    }

    /** The last column: the slope at single places, channel:row:column=value. */
    @ParameterizedTest
    @CsvSource({
        "formula-64, gram, 14.027125157716567, 2.3932692031740945, 0:0:0=0.15261781222289716 1:32:21=-0.0004565648894265756 2:63:63=0.0005785879173647432 0:17:23=0.0279373663438508 1:40:5=0.21689730368910165",
        "formula-64, pdl, 0.2626954421574779, -0.008517315415684734, 0:0:0=0.003218688221813975 1:32:21=-0.0021867925179881653 2:63:63=-0.0003108894086364733 0:17:23=-0.0008021098432080304 1:40:5=-0.0016850274785710907",
        "formula-64, contextual-dp, 0.10829980014876817, 0.020493662030611065, 0:0:0=0.00013429439714418638 1:32:21=-0.0006852207487078494 2:63:63=3.876946850098296e-06 0:17:23=0.00024083142819777533 1:40:5=-0.0002718513679310931",
        "formula-64, contextual-l2, 0.08158628340143305, 0.014173332199666391, 0:0:0=0.0002528167108014946 1:32:21=-0.0007097230045001372 2:63:63=6.0210870539604254e-06 0:17:23=-8.456037162581639e-05 1:40:5=-0.0003255893541711991",
        "formula-64, pdl-loss, 0.009512926271897, -0.000492074195823517, 0:0:0=3.2186882218139755e-05 1:32:21=5.9512283153451677e-05 2:63:63=7.82713142469686e-05 0:17:23=-8.940130676541364e-05 1:40:5=6.45299335476224e-05",
        "noise-256, d2sm, 0.003717659539749855, 0.00041577414001334754, 0:0:0=-2.1498609832420115e-07 1:128:85=1.2624187300409894e-05 2:255:255=1.7079422491774755e-08 0:17:23=9.269059281972122e-07 1:40:5=4.478081615847111e-06",
        "noise-256, pdl, 0.04790103197374551, 0.009656102077205568, 0:0:0=-9.667763177627941e-05 1:128:85=7.269710829743515e-06 2:255:255=-1.5861586093190632e-05 0:17:23=-9.36520811578398e-05 1:40:5=7.853649130162886e-05",
    })
    void slopesAgreeWithIndependentValues(String pair, String loss, double norm, double sum, String places) {
        NDArray candidate = candidate(manager, pair);
        NDArray reference = reference(manager, pair);

        double[] gradient = TestFeatures.gradient(candidate, x -> losses.named(loss).apply(x, reference).sum());

        NDArray slope = manager.create(gradient, candidate.getShape());
        assertThat(slope.norm().getDouble()).isCloseTo(norm, within(1e-3 * norm));
        assertThat(slope.sum().getDouble()).isCloseTo(sum, within(1e-3 * Math.abs(sum)));
        for (String place : places.split(" ")) {
            String[] parts = place.split("[:=]");
            double expected = Double.parseDouble(parts[3]);
            double actual = slope.getDouble(0, Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
            assertThat(actual).isCloseTo(expected, within(1e-3 * Math.abs(expected)));
        }
    }

    private static NDArray candidate(NDManager manager, String pair) {
        return GoldenPictures.candidate(manager, pair).toType(DataType.FLOAT32, false);
    }

    private static NDArray reference(NDManager manager, String pair) {
        return GoldenPictures.reference(manager, pair).toType(DataType.FLOAT32, false);
    }
}
