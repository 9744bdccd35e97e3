package dev.darkroom.http;

/**
 * What happens to a request before a resource sees it; greater numbers come first.
 *
 * <p>The framework's CORS handler stands at 300: what comes after it refuses with CORS headers, and sees no preflight.
 */
public final class FilterOrder {
    public static final int CONNECTION = 2100;
    static final int REQUEST_ID = 2000;
    static final int SECURITY_HEADERS = 1900;
    /** Who calls, and whether they may go on. */
    public static final int GATE = 290;
    /** Whether there is what they ask for. */
    public static final int CONTRACT = 280;
    static final int UPLOAD_LIMIT = 270;

    private FilterOrder() {}
}
