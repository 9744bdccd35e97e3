package dev.darkroom.model;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.serialization.node.LocationJsonNodeFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

/** Manifests as JSON: reading refuses anything the schema or the rules between fields do not allow. */
public final class ManifestFormat {

    /** Far above the largest self-test anyone needs. */
    static final int MAX_BYTES = 8 << 20;

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private ManifestFormat() {}

    public static byte[] bytes(CheckpointId id, Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new ManifestException(id, "is longer than " + MAX_BYTES + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw new ManifestException(id, "cannot be read");
        }
    }

    public static Manifest parse(CheckpointId id, byte[] json) {
        try {
            JsonNode root = tree(id, json);
            refuse(id, ManifestSchema.violations(root));
            Manifest manifest = bind(id, root);
            refuse(id, ManifestRules.violations(id, manifest, root));
            return manifest;
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
            throw new ManifestException(id, line, "not JSON: " + problem(e));
        } catch (IOException e) {
            throw new ManifestException(id, "is not text in UTF-8");
        }
    }

    static void write(Manifest manifest, Path file) {
        var indent = new DefaultIndenter("  ", "\n");
        var printer = new DefaultPrettyPrinter();
        printer.indentObjectsWith(indent);
        ObjectWriter writer = JSON.writer(printer);
        try {
            Files.write(file, (writer.writeValueAsString(manifest) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // The rest of the message says where the parser got its bytes from.
    private static String problem(JsonProcessingException e) {
        return e.getOriginalMessage().replaceFirst(" \\(start marker at .*", "");
    }

    private static JsonNode tree(CheckpointId id, byte[] json) throws IOException {
        try (JsonParser parser = JSON.createParser(json)) {
            JsonNode root = JSON.reader().with(new LocationJsonNodeFactory(parser)).readTree(parser);
            if (root == null || root.isMissingNode()) {
                throw new ManifestException(id, 1, "empty");
            }
            if (parser.nextToken() != null) {
                throw new ManifestException(id, parser.currentTokenLocation().getLineNr(), "text after the end");
            }
            return root;
        }
    }

    private static Manifest bind(CheckpointId id, JsonNode root) throws JsonProcessingException {
        try {
            return JSON.treeToValue(root, Manifest.class);
        } catch (JsonMappingException e) {
            // The schema bounds every value, so this is a net for what it may have missed.
            JsonPointer field = e.getPath().isEmpty() || e.getPath().get(0).getFieldName() == null
                    ? JsonPointer.empty()
                    : JsonPointer.empty().appendProperty(e.getPath().get(0).getFieldName());
            throw refusal(id, Violation.at(root, field, "a value has the wrong form"));
        }
    }

    private static void refuse(CheckpointId id, List<Violation> violations) {
        if (!violations.isEmpty()) {
            throw refusal(id, Collections.min(violations, Violation.BY_LINE));
        }
    }

    private static ManifestException refusal(CheckpointId id, Violation violation) {
        return new ManifestException(id, violation.line(), violation.problem());
    }
}
