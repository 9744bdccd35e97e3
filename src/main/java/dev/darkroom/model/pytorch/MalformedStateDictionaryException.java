package dev.darkroom.model.pytorch;

/** A file is damaged, or no state dictionary at all. */
public final class MalformedStateDictionaryException extends StateDictionaryException {

    MalformedStateDictionaryException(String message) {
        super(message, null);
    }

    MalformedStateDictionaryException(String message, Throwable cause) {
        super(message, cause);
    }
}
