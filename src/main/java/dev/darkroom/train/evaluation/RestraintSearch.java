package dev.darkroom.train.evaluation;

import dev.darkroom.estimate.jpeg.JpegLoss;
import dev.darkroom.model.Restraint;
import dev.darkroom.train.degradation.JpegUploads;
import dev.darkroom.train.photo.JpegTraces.Chroma;
import dev.darkroom.train.photo.Planes;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds how well what a network changes in JPEG files agrees with what they have lost.
 *
 * <p>With e what was lost and r the change, the cosine between them says how much of the change is good ({@link Restraint}). Of all files that have lost
 * about as much the mean is taken, but no more than does nine in ten of them no harm, by the loss as it is estimated; and never more than of files that have
 * lost more.
 */
final class RestraintSearch {
    private static final List<Integer> QUALITIES = List.of(60, 75, 85, 90, 93, 95, 97, 98, 99, 100);
    private static final int FIRST_DB = 38;
    private static final int LAST_DB = 54;
    private static final int STEP_DB = 2;
    /** So many files of about the same loss say something. */
    private static final int ENOUGH = 10;
    private static final double HARMED = 0.1;
    private static final double HUNDREDTHS = 100;

    private final Restorer network;

    /** @param network as if all that it changes were good */
    RestraintSearch(Restorer network) {
        this.network = network;
    }

    /** @param clean (3,H,W) in [0,1], free of traces of JPEG */
    Restraint find(List<Planes> clean) {
        List<Change> changes = changes(clean);
        List<Restraint.Agreement> agreements = new ArrayList<>();
        double least = 1;
        for (int decibels = FIRST_DB; decibels <= LAST_DB; decibels += STEP_DB) {
            double middle = decibels;
            List<Change> near = changes.stream().filter(change -> Math.abs(change.psnrDb - middle) <= STEP_DB).toList();
            if (near.size() >= ENOUGH) {
                least = Math.min(least, cosine(near));
                agreements.add(new Restraint.Agreement(decibels, Math.round(least * HUNDREDTHS) / HUNDREDTHS));
            }
        }
        return new Restraint(agreements);
    }

    private List<Change> changes(List<Planes> clean) {
        List<Change> changes = new ArrayList<>();
        for (Planes photograph : clean) {
            Planes target = photograph.as8Bit();
            for (int quality : QUALITIES) {
                for (Chroma chroma : Chroma.values()) {
                    Trial trial = Trial.jpeg(JpegUploads.through(target, quality, chroma), target, quality, chroma == Chroma.HALVED);
                    changes.add(Change.of(trial, network.restore(trial)));
                }
            }
        }
        return changes;
    }

    private static double cosine(List<Change> changes) {
        double mean = changes.stream().mapToDouble(Change::cosine).average().orElse(0);
        double harmless = changes.stream().mapToDouble(Change::harmless).sorted().skip((long) (HARMED * changes.size())).findFirst().orElse(0);
        return Math.min(1, Math.max(0, Math.min(mean, harmless)));
    }

    /**
     * What a network has changed.
     *
     * @param psnrDb   how much the file has lost, by its own coefficients
     * @param cosine   between what was lost and what was changed
     * @param harmless the largest that does no harm if it is taken for the cosine
     */
    private record Change(double psnrDb, double cosine, double harmless) {
        static Change of(Trial trial, Planes restored) {
            float[] from = trial.input().values();
            float[] to = trial.target().values();
            float[] made = restored.values();
            double along = 0;
            double lost = 0;
            double changed = 0;
            for (int i = 0; i < from.length; i++) {
                double change = Math.min(1, Math.max(0, made[i])) - from[i];
                double loss = to[i] - from[i];
                along += change * loss;
                lost += loss * loss;
                changed += change * change;
            }
            double psnrDb = JpegLoss.psnrDb(trial.input().picture(), trial.jpeg().orElseThrow());
            if (lost == 0 || changed == 0) {
                return new Change(psnrDb, changed == 0 ? 1 : 0, changed == 0 ? 1 : 0);
            }
            double ratio = Math.pow(10, (trial.input().luma().psnrDb(restored.luma()) - psnrDb) / 20);
            return new Change(psnrDb, along / Math.sqrt(lost * changed), 2 * along / changed / ratio);
        }
    }
}
