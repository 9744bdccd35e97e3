package dev.darkroom.inference.checkpoint;

import ai.djl.engine.Engine;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.model.Precision;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** What was measured of a checkpoint, beside it, so that the next start is quick; a folder that cannot be written costs only that. */
final class CalibrationFile {
    private static final Logger LOG = System.getLogger(CalibrationFile.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

    /** The precision that was chosen on a device, and how fast it is. */
    record Measured(Precision precision, Calibration calibration) {}

    private record Stored(String sha256, String machine, Precision precision, Calibration calibration) {}

    private final Path file;
    private final String sha256;
    private final String machine;

    /**
     * @param device by name, which says where to look
     * @param model  of that device: a volume is shared by nodes whose {@code cuda:0} are not alike
     * @param under  what else it depends on
     */
    CalibrationFile(Path modelFile, String sha256, String device, String model, String under) {
        file = modelFile.resolveSibling("calibration-" + device.replaceAll("[^a-z0-9]+", "-") + ".json");
        this.sha256 = sha256;
        machine = "%s, %s, libtorch %s, %s".formatted(System.getProperty("os.arch"), model, Engine.getEngine("PyTorch").getVersion(), under);
    }

    Optional<Measured> read() {
        try {
            Stored stored = JSON.readValue(file.toFile(), Stored.class);
            boolean valid = sha256.equals(stored.sha256) && machine.equals(stored.machine)
                    && stored.precision != null && !stored.calibration.points().isEmpty();
            return valid ? Optional.of(new Measured(stored.precision, stored.calibration)) : Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // it is measured again
        }
    }

    void write(Measured measured) {
        try {
            Path unfinished = Files.createTempFile(file.getParent(), "." + file.getFileName(), null);
            JSON.writerWithDefaultPrettyPrinter().writeValue(unfinished.toFile(), new Stored(sha256, machine, measured.precision, measured.calibration));
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the calibration is not kept: " + e.getMessage());
        }
    }
}
