package dev.darkroom.loss.semantic;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.darkroom.loss.arithmetic.DoublePrecision;
import dev.darkroom.loss.measure.Chosen;
import dev.darkroom.loss.measure.MeasureOption;
import dev.darkroom.loss.measure.StepLoss;
import dev.darkroom.loss.network.FeatureMap;
import dev.darkroom.loss.network.FeatureNetworks;
import java.util.List;

/**
 * {@link DeepSemanticStatistics} of a step's windows together with those of past steps.
 *
 * <p>The paper's windows of 224 pixels cost hours where a crop is 128 pixels large; smaller ones at smaller strides keep
 * the form of its loss: relations between the parts of one picture, and to parts of other pictures by way of the queue.
 */
public final class SemanticSteps implements StepLoss {

    public static final List<MeasureOption> OPTIONS = List.of(
            MeasureOption.number("side", "64", "of a window in pixels, 32 to 224, in training"),
            MeasureOption.number("stride", "32", "pixels from one window to the next, 8 to 224, in training"),
            MeasureOption.number("queue", "72", "windows that are compared, those of past steps included, 0 for none of these to 4096, in training"));

    private final DeepSemanticStatistics statistics;
    private final SemanticSamples samples;
    private final int queue;
    private NDManager memory;
    private HistoricQueue past;

    private SemanticSteps(DeepSemanticStatistics statistics, SemanticSamples samples, int queue) {
        this.statistics = statistics;
        this.samples = samples;
        this.queue = queue;
    }

    public static SemanticSteps of(Chosen chosen, FeatureNetworks networks) {
        var samples = new SemanticSamples(networks.named("vgg16"), chosen.whole("side", 32, 224), chosen.whole("stride", 8, 224),
                chosen.whole("windows", DeepSemanticStatistics.LEAST_SAMPLES, 2048));
        return new SemanticSteps(SemanticStatistics.statistics(chosen), samples, chosen.whole("queue", 0, 4096));
    }

    @Override
    public NDArray loss(NDArray restored, NDArray reference) {
        NDManager scope = restored.getManager();
        NDArray newest = samplesOf(restored, scope);
        NDArray newestClean = samplesOf(reference, scope);
        if (queue == 0) {
            return DoublePrecision.narrowed(statistics.of(newest, newestClean), restored);
        }
        if (past == null) {
            memory = NDManager.newBaseManager(restored.getDevice());
            past = new HistoricQueue(Math.max(queue, newest.getShape().get(0)), memory);
        }
        HistoricQueue.Samples all = past.push(newest, newestClean);
        return DoublePrecision.narrowed(statistics.of(all.restored(), all.clean()), restored);
    }

    private NDArray samplesOf(NDArray pictures, NDManager scope) {
        NDList samplesOfEach = new NDList();
        for (int i = 0; i < pictures.getShape().get(0); i++) {
            samplesOfEach.add(samples.of(pictures.get(i + ":" + (i + 1)), scope));
        }
        return FeatureMap.joined(samplesOfEach, 0);
    }

    @Override
    public void close() {
        if (memory != null) {
            memory.close();
        }
    }
}
