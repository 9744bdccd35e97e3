package dev.darkroom.http;

/** A browser was led here by somebody else's page: what it is called by, or where the page comes from, is not this service. */
public final class ForeignPageException extends RuntimeException {
    private ForeignPageException(String message) {
        super(message);
    }

    public static ForeignPageException host() {
        return new ForeignPageException("without a key this service answers to localhost and the names in darkroom.access.hosts alone, not to this Host");
    }

    public static ForeignPageException origin() {
        return new ForeignPageException("without a key, pages of other origins may not have anything done here");
    }
}
