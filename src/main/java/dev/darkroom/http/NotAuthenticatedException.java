package dev.darkroom.http;

/** The caller has not shown who they are, or not credibly; the message never repeats what they sent. */
public final class NotAuthenticatedException extends RuntimeException {
    /** Why, for whoever counts it; the caller is not told. */
    public enum Reason {
        MISSING, UNREADABLE, UNKNOWN_KEY, INVALID_TOKEN, EXPIRED_TOKEN, UNKNOWN_SIGNER
    }

    private final Reason reason;

    private NotAuthenticatedException(String message, Reason reason) {
        super(message);
        this.reason = reason;
    }

    /** Nothing was sent that could tell. */
    public static NotAuthenticatedException missing() {
        return new NotAuthenticatedException("this needs an API key or a token: send it as Authorization: Bearer, or a key as X-API-Key", Reason.MISSING);
    }

    /** What was sent is unknown, expired or malformed; which of these is nobody's business. */
    public static NotAuthenticatedException refused(Reason reason) {
        return new NotAuthenticatedException("the API key or token is not valid here", reason);
    }

    public Reason reason() {
        return reason;
    }

    /** The value of {@code WWW-Authenticate} (RFC 6750). */
    public String challenge() {
        return "Bearer realm=\"darkroom\"" + (reason != Reason.MISSING ? ", error=\"invalid_token\"" : "");
    }
}
