package dev.darkroom.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.darkroom.loss.Convention;
import dev.darkroom.loss.Measure;
import dev.darkroom.loss.Measures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.ToDoubleFunction;

/** Measures restorers on the same degraded pictures: PSNR and SSIM of what they make of them, averaged over the trials. */
final class Evaluation {
    private static final Measure PSNR = Measures.named("psnr");
    private static final Measure SSIM = Measures.named("ssim");

    private final List<Exercise> exercises;
    private final Map<String, Restorer> restorers = new LinkedHashMap<>();
    private final long seed;

    private record Line(Exercise exercise, Convention convention, String restorer) {}

    private record Quality(double psnr, double ssim) {}

    /**
     * Plans an evaluation; the input is measured first, as {@value EvaluationRow#INPUT}.
     *
     * @param restorers by the names that the results will carry, in the order of the results
     */
    Evaluation(Examination examination, Map<String, Restorer> restorers, long seed) {
        this.exercises = examination.exercises();
        this.restorers.put(EvaluationRow.INPUT, examination.untouched());
        this.restorers.putAll(restorers);
        this.seed = seed;
    }

    /**
     * Runs over every n-th picture of a set.
     *
     * @param progress told the number of finished pictures
     * @return one row for each exercise, convention and restorer, in this order
     * @throws PhotoFileException if a picture cannot be read
     */
    List<EvaluationRow> run(String set, List<TestPicture> pictures, int every, IntConsumer progress) {
        Map<Line, List<Quality>> results = new LinkedHashMap<>();
        exercises.forEach(exercise -> exercise.conventions().forEach(convention -> restorers.keySet()
                .forEach(name -> results.put(new Line(exercise, convention, name), new ArrayList<>()))));
        for (int picture = 0; picture < pictures.size(); picture += every) {
            for (Exercise exercise : exercises) {
                for (Trial trial : exercise.trials().of(pictures.get(picture), seed)) {
                    restorers.forEach((name, restorer) -> {
                        Planes restored = restorer.restore(trial);
                        exercise.conventions().forEach(convention ->
                                results.get(new Line(exercise, convention, name)).add(quality(restored, trial.target(), convention)));
                    });
                }
            }
            progress.accept(picture / every + 1);
        }
        return results.entrySet().stream().map(result -> row(set, result.getKey(), result.getValue())).toList();
    }

    private static Quality quality(Planes restored, Planes target, Convention convention) {
        try (NDManager scope = NDManager.newBaseManager()) {
            NDArray answer = Stack.of(scope, List.of(restored)).clip(0, 1);
            NDArray reference = Stack.of(scope, List.of(target));
            return new Quality(PSNR.measure(answer, reference, convention)[0], SSIM.measure(answer, reference, convention)[0]);
        }
    }

    private static EvaluationRow row(String set, Line line, List<Quality> qualities) {
        return new EvaluationRow(set, qualities.size(), line.exercise.protocol(), line.exercise.sigma255(), name(line.convention),
                line.restorer, mean(qualities, Quality::psnr), mean(qualities, Quality::ssim));
    }

    private static String name(Convention convention) {
        return convention.color() + (convention.crop() == 0 ? "" : ", crop " + convention.crop());
    }

    private static double mean(List<Quality> qualities, ToDoubleFunction<Quality> value) {
        return qualities.stream().mapToDouble(value).average().orElse(Double.NaN);
    }
}
