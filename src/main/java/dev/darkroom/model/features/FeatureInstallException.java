package dev.darkroom.model.features;

/** Weights cannot be installed; the message says which and why. */
public final class FeatureInstallException extends RuntimeException {

    FeatureInstallException(String message) {
        super(message);
    }

    FeatureInstallException(String message, Throwable cause) {
        super(message, cause);
    }
}
