package dev.darkroom.adopt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.model.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * A file in a registry of container images, as {@code oras push} puts it there (OCI image manifest 1.1, distribution specification 1.1): one layer that is
 * the checkpoint, pinned by a digest. Public ones only: a token is fetched without a name.
 *
 * @param registry host, and port if it is not 443
 * @param name     of the repository
 * @param reference a tag, or {@code sha256:} and a digest
 */
record OciArtifact(String registry, String name, String reference) {
    private static final Pattern ADDRESS = Pattern.compile("oci://(?<registry>[^/]+)/(?<name>[a-z0-9._/-]+)(?:@(?<digest>sha256:[0-9a-f]{64})|:(?<tag>[\\w.-]{1,128}))");
    private static final Pattern CHALLENGE = Pattern.compile("(?<key>\\w+)=\"(?<value>[^\"]*)\"");
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String TITLE = "org.opencontainers.image.title";
    private static final List<String> ENDINGS = List.of(".pt", ".pth", ".safetensors", ".ckpt");
    private static final int MOST_MANIFEST_BYTES = 1 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    static boolean isAddress(String source) {
        return source.startsWith("oci://");
    }

    /** @throws AdoptionException if it is no address of an artefact */
    static OciArtifact of(String address) {
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            throw new AdoptionException("an artefact is oci://REGISTRY/NAME@sha256:DIGEST or oci://REGISTRY/NAME:TAG");
        }
        return new OciArtifact(parts.group("registry"), parts.group("name"), Optional.ofNullable(parts.group("digest")).orElse(parts.group("tag")));
    }

    boolean isPinned() {
        return reference.startsWith("sha256:");
    }

    /**
     * Fetches the checkpoint into the folder.
     *
     * @throws AdoptionException if there is none, or it is not what its digest says
     */
    Path fetch(Path folder) throws IOException {
        Download connection = connection();
        byte[] manifest;
        try (Download.Answer answer = connection.get(manifest(), MANIFEST)) {
            if (answer.status() != 200) {
                throw new AdoptionException(registry + " lets nobody in without a name");
            }
            manifest = read(answer);
        }
        if (isPinned() && !reference.equals("sha256:" + Sha256.of(ByteBuffer.wrap(manifest)))) {
            throw new AdoptionException(registry + " gave another manifest than that of " + reference);
        }
        JsonNode layer = layer(manifest);
        String digest = layer.path("digest").asText();
        String title = layer.path("annotations").path(TITLE).asText("").replaceFirst(".*/", "");
        Path file = connection.save(address("blobs", digest), folder.resolve(title.matches("\\w[\\w.+-]*") ? title : "fetched"));
        if (!digest.equals("sha256:" + Sha256.of(file))) {
            Files.delete(file);
            throw new AdoptionException(registry + " gave something else than " + digest);
        }
        return file;
    }

    /** With a token, if one is wanted. */
    private Download connection() throws IOException {
        var nobody = new Download(Optional.empty());
        try (Download.Answer answer = nobody.get(manifest(), MANIFEST)) {
            return answer.status() == 401 ? new Download(Optional.of(token(answer.challenge()))) : nobody;
        }
    }

    private URI manifest() {
        return address("manifests", reference);
    }

    private static byte[] read(Download.Answer answer) throws IOException {
        InputStream body = answer.body();
        byte[] bytes = body.readNBytes(MOST_MANIFEST_BYTES + 1);
        if (bytes.length > MOST_MANIFEST_BYTES) {
            throw new AdoptionException("a manifest of more than a megabyte is none");
        }
        return bytes;
    }

    private static JsonNode layer(byte[] manifest) throws IOException {
        JsonNode root = tree(manifest);
        List<JsonNode> layers = StreamSupport.stream(root.path("layers").spliterator(), false).toList();
        List<JsonNode> checkpoints = layers.stream().filter(layer -> ENDINGS.stream().anyMatch(layer.path("annotations").path(TITLE).asText("")::endsWith)).toList();
        List<JsonNode> wanted = layers.size() == 1 ? layers : checkpoints;
        if (wanted.size() != 1 || !wanted.get(0).path("digest").asText().matches("sha256:[0-9a-f]{64}")) {
            throw new AdoptionException("the artefact has %d layers that are checkpoints by their title, and needs one".formatted(checkpoints.size()));
        }
        return wanted.get(0);
    }

    /** For anybody, as registries hand it out (distribution specification, "token authentication"). */
    private String token(String challenge) throws IOException {
        Optional<String> realm = Optional.empty();
        String query = "";
        for (Matcher parts = CHALLENGE.matcher(challenge); parts.find(); ) {
            if (parts.group("key").equals("realm")) {
                realm = Optional.of(parts.group("value"));
            } else if (parts.group("key").equals("service")) {
                query += "service=" + encoded(parts.group("value")) + "&";
            }
        }
        URI from = URI.create(realm.orElseThrow(() -> new AdoptionException(registry + " lets nobody in without a name")) + "?" + query
                + "scope=" + encoded("repository:" + name + ":pull"));
        try (Download.Answer answer = new Download(Optional.empty()).get(from, "application/json")) {
            JsonNode granted = tree(read(answer));
            return granted.path("token").asText(granted.path("access_token").asText());
        }
    }

    private static JsonNode tree(byte[] json) throws IOException {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AdoptionException("the registry's answer is no JSON", e);
        }
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private URI address(String kind, String what) {
        String scheme = registry.matches("(127\\.0\\.0\\.1|localhost)(:\\d+)?") ? "http" : "https";
        return URI.create("%s://%s/v2/%s/%s/%s".formatted(scheme, registry, name, kind, what));
    }
}
