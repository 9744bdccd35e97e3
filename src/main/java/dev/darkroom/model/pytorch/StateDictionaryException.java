package dev.darkroom.model.pytorch;

/** A file is not a state dictionary that can be read. */
public sealed class StateDictionaryException extends RuntimeException
        permits UnsafePickleException, MalformedStateDictionaryException {

    StateDictionaryException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Cuts untrusted text down to what a message may quote. */
    static String quote(String text) {
        String printable = text.replaceAll("[^\\x21-\\x7e]", "?");
        return printable.length() <= 100 ? printable : printable.substring(0, 100) + "...";
    }
}
