package dev.darkroom.model;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.serialization.node.JsonLocationAware;
import java.util.Comparator;

/** Something wrong in a manifest, at a line counted from 1. */
record Violation(int line, String problem) {

    static final Comparator<Violation> BY_LINE = Comparator.comparingInt(Violation::line);

    /** Places a problem at what the pointer names, or at the nearest thing around it that knows its line. */
    static Violation at(JsonNode root, JsonPointer pointer, String problem) {
        JsonPointer place = pointer;
        while (place != null) {
            if (root.at(place) instanceof JsonLocationAware located) {
                return new Violation(located.tokenLocation().getLineNr(), problem);
            }
            place = place.head();
        }
        return new Violation(1, problem);
    }
}
