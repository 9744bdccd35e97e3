package dev.darkroom.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** A floating-point type in which a checkpoint's hidden features may be computed. */
public enum Precision {
    FLOAT32,
    BFLOAT16,
    FLOAT16;

    @Override
    @JsonValue
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
