package dev.darkroom.train.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.darkroom.loss.measure.Convention;
import dev.darkroom.loss.measure.Convention.Color;
import dev.darkroom.loss.measure.Measure;
import dev.darkroom.loss.measure.NetworkMeasure;
import dev.darkroom.train.Stack;
import dev.darkroom.train.photo.PhotoFileException;
import dev.darkroom.train.photo.Planes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Measures what restorers make of the same degraded pictures, averaged over the trials.
 *
 * <p>Measures on networks see RGB, less the border, also where a convention compares luma: they were trained so.
 */
final class Evaluation {
    /** The PSNR that stands for infinity in a mean with others: an error of one level in one sample of fifteen. */
    private static final double EQUAL_DB = 60;

    private final List<Measure> measures;
    private final List<Exercise> exercises;
    private final Map<String, Restorer> restorers = new LinkedHashMap<>();
    private final long seed;

    /** Told of the first trial of every picture. */
    interface Witness {
        void saw(Exercise exercise, Trial trial, Map<String, Planes> restored);
    }

    private record Line(Exercise exercise, Convention convention, String restorer) {}

    /**
     * Plans an evaluation; the input is measured first, as {@value EvaluationRow#INPUT}.
     *
     * @param measures  in the order of the results
     * @param restorers by the names that the results will carry, in the order of the results
     */
    Evaluation(Examination examination, List<Measure> measures, Map<String, Restorer> restorers, long seed) {
        this.measures = measures;
        this.exercises = examination.exercises();
        this.restorers.put(EvaluationRow.INPUT, examination.untouched());
        this.restorers.putAll(restorers);
        this.seed = seed;
    }

    /**
     * Runs over every n-th picture of a set.
     *
     * @param progress told the number of finished pictures
     * @param witness  told of the first trial of every picture
     * @return one row for each exercise, convention and restorer, in this order
     * @throws PhotoFileException if a picture cannot be read
     */
    List<EvaluationRow> run(String set, List<TestPicture> pictures, int every, IntConsumer progress, Witness witness) {
        Map<Line, List<double[]>> results = new LinkedHashMap<>();
        exercises.forEach(exercise -> exercise.conventions().forEach(convention -> restorers.keySet()
                .forEach(name -> results.put(new Line(exercise, convention, name), new ArrayList<>()))));
        for (int picture = 0; picture < pictures.size(); picture += every) {
            for (Exercise exercise : exercises) {
                List<Trial> trials = exercise.trials().of(pictures.get(picture), seed);
                for (Trial trial : trials) {
                    var restored = new LinkedHashMap<String, Planes>();
                    restorers.forEach((name, restorer) -> restored.put(name, restorer.restore(trial)));
                    restored.forEach((name, result) -> exercise.conventions().forEach(convention ->
                            results.get(new Line(exercise, convention, name)).add(quality(result, trial.target(), convention))));
                    if (trial == trials.get(0)) {
                        witness.saw(exercise, trial, restored);
                    }
                }
            }
            progress.accept(picture / every + 1);
        }
        return results.entrySet().stream().map(result -> row(set, result.getKey(), result.getValue())).toList();
    }

    private double[] quality(Planes restored, Planes target, Convention convention) {
        try (NDManager scope = NDManager.newBaseManager()) {
            NDArray answer = Stack.of(scope, List.of(restored)).clip(0, 1);
            NDArray reference = Stack.of(scope, List.of(target));
            return measures.stream().mapToDouble(measure -> measure.measure(answer, reference, suiting(measure, convention))[0]).toArray();
        }
    }

    /** Infinite only if every trial is. */
    private static double mean(double[] values) {
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        boolean someDiffer = Arrays.stream(values).anyMatch(Double::isFinite);
        return mean == Double.POSITIVE_INFINITY && someDiffer ? Arrays.stream(values).map(value -> Math.min(EQUAL_DB, value)).average().orElseThrow() : mean;
    }

    private static Convention suiting(Measure measure, Convention convention) {
        return measure instanceof NetworkMeasure ? new Convention(Color.RGB, convention.crop(), convention.quantize()) : convention;
    }

    private EvaluationRow row(String set, Line line, List<double[]> qualities) {
        var means = new LinkedHashMap<String, Double>();
        for (int i = 0; i < measures.size(); i++) {
            int measure = i;
            means.put(measures.get(i).info().name(), mean(qualities.stream().mapToDouble(quality -> quality[measure]).toArray()));
        }
        return new EvaluationRow(set, qualities.size(), line.exercise.protocol(), line.exercise.sigma255(), name(line.convention),
                line.restorer, means);
    }

    private static String name(Convention convention) {
        return convention.color() + (convention.crop() == 0 ? "" : ", crop " + convention.crop());
    }
}
