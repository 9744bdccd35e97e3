package dev.darkroom.loss.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Published weights by name, copied once to every device and precision that they are asked for in; thread-safe. */
public final class FeatureWeights implements AutoCloseable {

    private final String sha256;
    private final NDManager manager;
    private final Map<String, NDArray> originals;
    private final Map<Place, Map<String, NDArray>> copies = new ConcurrentHashMap<>();

    private record Place(Device device, DataType precision) {}

    /** @param originals in the manager, which is closed with these weights */
    FeatureWeights(String sha256, NDManager manager, Map<String, NDArray> originals) {
        this.sha256 = sha256;
        this.manager = manager;
        this.originals = originals;
    }

    /** Finds {@code NAME-DIGEST.safetensors}, where the digest is the beginning of the file's SHA-256. */
    static Optional<Path> find(Path folder, String name) {
        String file = "\\Q" + name + "\\E-[0-9a-f]{16}\\.safetensors";
        try (Stream<Path> files = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
            return files.filter(path -> path.getFileName().toString().matches(file)).sorted().findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws FeatureWeightsException if the folder has no such weights, or damaged ones */
    static FeatureWeights load(Path folder, String name) {
        Path file = find(folder, name).orElseThrow(() -> FeatureWeightsException.missing(name));
        NDManager manager = NDManager.newBaseManager(Device.cpu());
        try {
            byte[] bytes = Files.readAllBytes(file);
            String sha256 = sha256(bytes);
            if (!file.getFileName().toString().contains("-" + sha256.substring(0, 16) + ".")) {
                throw FeatureWeightsException.damaged(name);
            }
            var arrays = new HashMap<String, NDArray>();
            NDList.decode(manager, new ByteArrayInputStream(bytes)).forEach(array -> arrays.put(array.getName(), array));
            return new FeatureWeights(sha256, manager, BatchNormalization.folded(arrays));
        } catch (IOException e) {
            manager.close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException | Error e) {
            manager.close();
            throw e;
        }
    }

    /** Writes {@code NAME-DIGEST.safetensors} in place of older weights of that name. */
    static Path write(Path folder, String name, Map<String, NDArray> weights) throws IOException {
        var bytes = new ByteArrayOutputStream();
        NDList list = new NDList();
        new TreeMap<>(weights).forEach((key, weight) -> {
            weight.setName(key);
            list.add(weight);
        });
        list.encode(bytes, NDList.Encoding.SAFETENSORS);
        Path file = Files.createDirectories(folder).resolve(name + "-" + sha256(bytes.toByteArray()).substring(0, 16) + ".safetensors");
        Optional<Path> older = find(folder, name);
        Files.write(file, bytes.toByteArray());
        if (older.isPresent() && !older.get().equals(file)) {
            Files.delete(older.get());
        }
        return file;
    }

    String sha256() {
        return sha256;
    }

    /** The weights where an array is and in its precision; they belong to this object. */
    public Map<String, NDArray> like(NDArray array) {
        return copies.computeIfAbsent(new Place(array.getDevice(), array.getDataType()), this::copy);
    }

    /** Whole or not at all: where the memory does not suffice, what has been copied is freed, and it is tried again. */
    private Map<String, NDArray> copy(Place place) {
        NDManager copies = manager.newSubManager();
        try {
            var copy = new HashMap<String, NDArray>();
            originals.forEach((key, original) -> copy.put(key, moved(original, place, copies)));
            return copy;
        } catch (Throwable e) {
            copies.close();
            throw e;
        }
    }

    private static NDArray moved(NDArray original, Place place, NDManager copies) {
        NDArray there = original.toDevice(place.device(), false);
        if (there != original) {
            there.attach(copies);
        }
        NDArray moved = there.toType(place.precision(), false);
        if (moved != original) {
            moved.attach(copies);
        }
        if (there != original && there != moved) {
            there.close();
        }
        return moved;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
