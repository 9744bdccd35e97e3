package dev.darkroom.model;

import java.util.List;

/**
 * How well what a network changes in a JPEG file agrees with what the file has lost, as {@code ./darkroom restrain} measured it.
 *
 * <p>With e what was lost and r the change, |e - a r|² is least at a = cos(e, r) |e| / |r|: so much of the change is good for the file.
 *
 * @param byLoss from what has lost most to what has lost least; straight lines lie between, and before the first all of the change is kept
 */
public record Restraint(List<Agreement> byLoss) {

    /**
     * Of files that have lost about as much.
     *
     * @param psnrDb of the file's luma, as it is estimated
     * @param cosine between what was lost and what is changed, 0 to 1
     */
    public record Agreement(double psnrDb, double cosine) {}

    public Restraint {
        byLoss = List.copyOf(byLoss);
    }

    /**
     * How much of a change is good, 0 to 1.
     *
     * @param psnrDb        of the file's luma, as it is estimated
     * @param changedPsnrDb of the file's luma beside that of what the network has made of it
     */
    public double kept(double psnrDb, double changedPsnrDb) {
        if (byLoss.isEmpty() || psnrDb < byLoss.get(0).psnrDb || Double.isInfinite(changedPsnrDb)) {
            return 1;
        }
        return Math.min(1, cosine(psnrDb) * Math.pow(10, (changedPsnrDb - psnrDb) / 20));
    }

    private double cosine(double psnrDb) {
        Agreement before = byLoss.get(0);
        for (Agreement next : byLoss) {
            if (psnrDb <= next.psnrDb) {
                return next == before ? next.cosine : before.cosine + (next.cosine - before.cosine) * (psnrDb - before.psnrDb) / (next.psnrDb - before.psnrDb);
            }
            before = next;
        }
        return before.cosine;
    }
}
