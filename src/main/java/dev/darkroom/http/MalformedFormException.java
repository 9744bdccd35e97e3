package dev.darkroom.http;

import java.util.Arrays;
import java.util.Optional;

/** A form whose parts, names or types cannot be told apart. */
public final class MalformedFormException extends RuntimeException {
    private static final String PARSER = "org.jboss.resteasy.reactive.server.core.multipart.";

    public MalformedFormException() {
        super("the form cannot be read: it is cut short, or its parts are not as multipart/form-data has them");
    }

    /** The framework lets out whatever its parser happens to run into; all of it is the form's fault. */
    static Optional<MalformedFormException> of(Throwable failure) {
        boolean whileParsing = Arrays.stream(failure.getStackTrace()).anyMatch(frame -> frame.getClassName().startsWith(PARSER));
        return whileParsing ? Optional.of(new MalformedFormException()) : Optional.empty();
    }
}
