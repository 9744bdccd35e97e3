package dev.darkroom.http;

/** The caller has not shown who they are, or not credibly; the message never repeats what they sent. */
public final class NotAuthenticatedException extends RuntimeException {
    private final boolean credentialsSent;

    private NotAuthenticatedException(String message, boolean credentialsSent) {
        super(message);
        this.credentialsSent = credentialsSent;
    }

    /** Nothing was sent that could tell. */
    public static NotAuthenticatedException missing() {
        return new NotAuthenticatedException("this needs an API key or a token: send it as Authorization: Bearer, or a key as X-API-Key", false);
    }

    /** What was sent is unknown, expired or malformed; which of these is nobody's business. */
    public static NotAuthenticatedException refused() {
        return new NotAuthenticatedException("the API key or token is not valid here", true);
    }

    /** The value of {@code WWW-Authenticate} (RFC 6750). */
    public String challenge() {
        return "Bearer realm=\"darkroom\"" + (credentialsSent ? ", error=\"invalid_token\"" : "");
    }
}
