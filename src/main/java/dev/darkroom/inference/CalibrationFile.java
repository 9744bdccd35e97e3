package dev.darkroom.inference;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** A calibration beside its checkpoint, so that the next start is quick; a folder that cannot be written costs only that. */
final class CalibrationFile {
    private static final Logger LOG = System.getLogger(CalibrationFile.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

    private record Stored(String sha256, String machine, Calibration calibration) {}

    private final Path file;
    private final String sha256;

    CalibrationFile(Path modelFile, String sha256, String device) {
        file = modelFile.resolveSibling("calibration-" + device.replaceAll("[^a-z0-9]+", "-") + ".json");
        this.sha256 = sha256;
    }

    Optional<Calibration> read() {
        try {
            Stored stored = JSON.readValue(file.toFile(), Stored.class);
            boolean valid = sha256.equals(stored.sha256) && machine().equals(stored.machine) && !stored.calibration.points().isEmpty();
            return valid ? Optional.of(stored.calibration) : Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // it is measured again
        }
    }

    void write(Calibration calibration) {
        try {
            Path unfinished = Files.createTempFile(file.getParent(), "." + file.getFileName(), null);
            JSON.writerWithDefaultPrettyPrinter().writeValue(unfinished.toFile(), new Stored(sha256, machine(), calibration));
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the calibration is not kept: " + e.getMessage());
        }
    }

    private static String machine() {
        return System.getProperty("os.arch") + ", " + Runtime.getRuntime().availableProcessors() + " cores";
    }
}
