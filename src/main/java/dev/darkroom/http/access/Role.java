package dev.darkroom.http.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a caller may do. */
public enum Role {
    /** Restore pictures. */
    ENHANCE,
    /** Measure pictures. */
    SCORE,
    /** Change what the service serves. */
    ADMIN;

    static Optional<Role> find(String name) {
        return Arrays.stream(values()).filter(role -> role.toString().equals(name)).findFirst();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
