package dev.darkroom.train.network;

import ai.djl.ndarray.NDArray;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;

/**
 * Where a training stands, on disk: steps, time spent, weights, moments and averages, so that it resumes exactly.
 *
 * <p>Written beside its place and renamed into it: a full disk or a power cut leaves the last good state.
 */
public final class TrainingState {
    private static final long MAGIC = 0x6461726b726f6f6dL; // "darkroom"
    private static final String FILE = "state.bin";

    /** @param step finished steps; @param elapsed time spent on them */
    public record Position(long step, Duration elapsed) {}

    private TrainingState() {}

    public static boolean exists(Path run) {
        return Files.exists(run.resolve(FILE));
    }

    public static void write(Path run, Position position, Optimizer optimizer) throws IOException {
        Path partial = run.resolve(FILE + ".partial");
        try {
            try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(partial)))) {
                out.writeLong(MAGIC);
                out.writeLong(position.step);
                out.writeLong(position.elapsed.toMillis());
                out.writeInt(optimizer.slots().size());
                for (Optimizer.Slot slot : optimizer.slots()) {
                    for (NDArray array : arrays(slot)) {
                        write(out, array.toFloatArray());
                    }
                }
            }
            Files.move(partial, run.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(partial);
            throw e;
        }
    }

    /** @throws TrainingException if the state was left by another architecture or is damaged */
    public static Position read(Path run, Optimizer optimizer) {
        Path file = run.resolve(FILE);
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            if (in.readLong() != MAGIC) {
                throw new TrainingException(file + " is not a training state");
            }
            var position = new Position(in.readLong(), Duration.ofMillis(in.readLong()));
            if (in.readInt() != optimizer.slots().size()) {
                throw new TrainingException(file + " belongs to another architecture");
            }
            for (Optimizer.Slot slot : optimizer.slots()) {
                for (NDArray array : arrays(slot)) {
                    TrainableNetwork.assign(array, read(in, Math.toIntExact(array.size()), file));
                }
            }
            return position;
        } catch (IOException e) {
            throw new TrainingException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static List<NDArray> arrays(Optimizer.Slot slot) {
        return List.of(slot.weight(), slot.mean(), slot.variance(), slot.average());
    }

    private static void write(DataOutputStream out, float[] values) throws IOException {
        out.writeInt(values.length);
        for (float value : values) {
            out.writeFloat(value);
        }
    }

    private static float[] read(DataInputStream in, int expected, Path file) throws IOException {
        if (in.readInt() != expected) {
            throw new TrainingException(file + " belongs to another architecture");
        }
        float[] values = new float[expected];
        for (int i = 0; i < expected; i++) {
            values[i] = in.readFloat();
        }
        return values;
    }
}
