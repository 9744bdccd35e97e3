package dev.darkroom.enhance.files;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.enhance.EnhanceResult;
import java.io.PrintWriter;
import java.nio.file.Path;

/** Tells how each file went. */
sealed interface Report {

    void done(Original original, Path target, EnhanceResult result);

    void failed(Original original, String reason);

    /** A line for a person; failures go where errors go. */
    record Plain(PrintWriter out, PrintWriter err) implements Report {
        @Override
        public void done(Original original, Path target, EnhanceResult result) {
            EnhanceResult.Step step = result.steps().get(0);
            out.printf("%s -> %s  (%s, %s%s%s)%n", original.file(), target, step.checkpoint(), step.device(), step.told().noise().map(noise -> ", " + noise).orElse(""),
                    step.told().jpegQuality().isPresent() ? ", JPEG of quality " + step.told().jpegQuality().getAsInt() : "");
            if (!result.image().changed().isEmpty()) {
                out.printf("  %s cannot keep everything, changed: %s%n", result.image().format(), String.join(", ", result.image().changed()));
            }
        }

        @Override
        public void failed(Original original, String reason) {
            err.printf("%s: %s%n", original.file(), reason);
        }
    }

    /** Nothing but failures. */
    record Quiet(PrintWriter err) implements Report {
        @Override
        public void done(Original original, Path target, EnhanceResult result) {}

        @Override
        public void failed(Original original, String reason) {
            new Plain(err, err).failed(original, reason);
        }
    }

    /** A JSON object in a line for each, with {@code output} or {@code error}. */
    record JsonLines(PrintWriter out) implements Report {
        private static final ObjectMapper JSON = new ObjectMapper();

        @Override
        public void done(Original original, Path target, EnhanceResult result) {
            EnhanceResult.Step step = result.steps().get(0);
            ObjectNode line = line(original).put("output", target.toString()).put("format", result.image().format().toString())
                    .put("bytes", result.image().file().size()).put("checkpoint", step.checkpoint()).put("device", step.device());
            step.told().noise().ifPresent(noise -> line.put("noise", noise.toString()));
            step.told().jpegQuality().ifPresent(quality -> line.put("jpeg", quality));
            step.kept().ifPresent(share -> line.put("kept", share));
            result.image().changed().forEach(line.putArray("changed")::add);
            ObjectNode milliseconds = line.putObject("milliseconds");
            result.timing().durations().forEach((label, duration) -> milliseconds.put(label, duration.toMillis()));
            out.println(line);
        }

        @Override
        public void failed(Original original, String reason) {
            out.println(line(original).put("error", reason));
        }

        private static ObjectNode line(Original original) {
            return JSON.createObjectNode().put("input", original.file().toString());
        }
    }
}
