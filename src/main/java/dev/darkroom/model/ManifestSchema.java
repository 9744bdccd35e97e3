package dev.darkroom.model;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/** {@code manifest.schema.json}, applied to a tree that knows its lines. */
final class ManifestSchema {

    private static final JsonSchema SCHEMA = load();

    private ManifestSchema() {}

    static List<Violation> violations(JsonNode manifest) {
        return SCHEMA.validate(manifest).stream().map(message -> violation(manifest, message)).toList();
    }

    private static Violation violation(JsonNode manifest, ValidationMessage message) {
        JsonPointer place = JsonPointer.compile(message.getInstanceLocation().toString());
        boolean extra = message.getType().equals("additionalProperties");
        return Violation.at(
                manifest,
                extra ? place.appendProperty(message.getProperty()) : place,
                name(place) + " " + wording(message));
    }

    private static String name(JsonPointer place) {
        String dotted = place.toString().replaceAll("/(\\d+)", "[$1]").replace('/', '.');
        return dotted.isEmpty() ? "the manifest" : dotted.substring(1);
    }

    private static String wording(ValidationMessage message) {
        Object[] arguments = message.getArguments() == null ? new Object[0] : message.getArguments();
        Object limit = arguments.length == 0 ? "" : arguments[0];
        return switch (message.getType()) {
            case "minimum" -> "must be at least " + limit;
            case "maximum" -> "must be at most " + limit;
            case "exclusiveMinimum" -> "must be greater than " + limit;
            case "enum" -> "must be one of " + limit;
            case "pattern" -> "must match " + limit;
            case "required" -> "lacks '" + message.getProperty() + "'";
            case "additionalProperties" -> "has an unknown property '" + message.getProperty() + "'";
            case "type" -> "must be " + arguments[1] + ", not " + limit;
            default -> message.getError();
        };
    }

    private static JsonSchema load() {
        // The default locale would otherwise choose the language of the messages.
        var config = SchemaValidatorsConfig.builder().locale(Locale.ENGLISH).pathType(PathType.JSON_POINTER).build();
        try (InputStream schema = ManifestSchema.class.getResourceAsStream("manifest.schema.json")) {
            return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(schema, config);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
