package dev.darkroom.train.evaluation;

import dev.darkroom.train.degradation.shake.CameraShake;
import dev.darkroom.train.photo.Planes;

/** Of the picture that was asked about last: checkpoints are shown each picture in turn, and finding its shake takes longer than undoing it. */
final class LastShake {
    private Planes picture;
    private float[] estimate;

    float[] of(Planes shaken) {
        if (shaken != picture) {
            estimate = CameraShake.estimate(shaken);
            picture = shaken;
        }
        return estimate;
    }
}
