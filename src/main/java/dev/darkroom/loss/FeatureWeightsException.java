package dev.darkroom.loss;

/** A measure cannot run because published weights are not installed, or not sound; the message says what installs them. */
public final class FeatureWeightsException extends RuntimeException {

    private FeatureWeightsException(String message) {
        super(message);
    }

    static FeatureWeightsException missing(String weights) {
        return new FeatureWeightsException("needs the weights '%1$s', which are not installed; ./darkroom features install %1$s fetches them"
                .formatted(weights));
    }

    static FeatureWeightsException damaged(String weights) {
        return new FeatureWeightsException("needs the weights '%1$s', which are damaged; ./darkroom features install %1$s fetches them again"
                .formatted(weights));
    }
}
