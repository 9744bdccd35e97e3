package dev.darkroom.http;

/** The address does not take the method. */
public final class MethodNotAllowedException extends RuntimeException {
    private final String allowed;

    /** @param allowed the value of {@code Allow} */
    public MethodNotAllowedException(String method, String allowed) {
        super("this address does not take %s, only %s".formatted(method, allowed));
        this.allowed = allowed;
    }

    String allowed() {
        return allowed;
    }
}
