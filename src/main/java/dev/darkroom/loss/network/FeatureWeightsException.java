package dev.darkroom.loss.network;

/** A measure cannot run because published weights are not installed, or not sound; the message says what installs them. */
public final class FeatureWeightsException extends RuntimeException {

    private FeatureWeightsException(String message) {
        super(message);
    }

    static FeatureWeightsException missing(String weights) {
        return new FeatureWeightsException("needs the weights '%s', which are not installed; %s".formatted(weights, remedy(weights)));
    }

    static FeatureWeightsException damaged(String weights) {
        return new FeatureWeightsException("needs the weights '%s', which are damaged; %s again".formatted(weights, remedy(weights)));
    }

    private static String remedy(String weights) {
        return OwnDiscriminators.are(weights) ? OwnDiscriminators.command(weights) + " makes them" : "./darkroom features install " + weights + " fetches them";
    }
}
