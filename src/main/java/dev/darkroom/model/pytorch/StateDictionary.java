package dev.darkroom.model.pytorch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Reads the tensors of a PyTorch state dictionary ({@code .pth}), in either container, without executing anything.
 *
 * <p>Dictionaries within the dictionary lend their keys as prefixes, so {@code {"params": {"a.weight": ...}}} gives
 * {@code params.a.weight}; what is neither a tensor nor a dictionary is left out. Memory is bounded by a small multiple of
 * the file's length: no file of n bytes gives more than n elements.
 */
public final class StateDictionary {

    private static final long MAX_BYTES = 1L << 30;
    private static final int MAX_DEPTH = 8;
    private static final int MAX_ENTRIES = 100_000;
    private static final int LONGEST_NAME = 500;

    private final Map<String, ByteBuffer> storages;
    private final Predicate<String> wanted;
    private final LinkedHashMap<String, WeightTensor> tensors = new LinkedHashMap<>();
    private long elementsLeft;
    private int entriesLeft = MAX_ENTRIES;

    private StateDictionary(Map<String, ByteBuffer> storages, Predicate<String> wanted, long length) {
        this.storages = storages;
        this.wanted = wanted;
        this.elementsLeft = length;
    }

    /**
     * Returns the tensors by name, in the file's order.
     *
     * @throws UnsafePickleException if the file asks for more than weights
     * @throws MalformedStateDictionaryException if it is damaged, larger than 1 GiB, or no state dictionary
     * @throws UncheckedIOException if it cannot be read
     */
    public static LinkedHashMap<String, WeightTensor> read(Path file) {
        return read(file, name -> true, Set.of());
    }

    /**
     * Returns the wanted tensors by name, also from a file that holds whole modules, alone or in a list, instead of
     * their state dictionaries. Their names are those that the state dictionaries would have, behind {@code 0.}, {@code 1.}
     * and so on in a list.
     *
     * @param moduleClasses the classes a module may be of, such as {@code torch.nn.modules.conv.Conv2d}; naming one
     *     executes nothing, its attributes are taken as plain data
     * @throws UnsafePickleException if the file asks for more than weights and these classes
     * @throws MalformedStateDictionaryException if it is damaged, larger than 1 GiB, or neither of the two
     * @throws UncheckedIOException if it cannot be read
     */
    public static LinkedHashMap<String, WeightTensor> read(
            Path file, Predicate<String> wanted, Set<String> moduleClasses) {
        try {
            long length = Files.size(file);
            if (length > MAX_BYTES) {
                throw new MalformedStateDictionaryException("the file is larger than " + MAX_BYTES + " bytes");
            }
            PickledFile parts = isZip(file)
                    ? ZipContainer.read(file, moduleClasses)
                    : LegacyContainer.read(mapped(file), moduleClasses);
            var dictionary = new StateDictionary(parts.storages(), wanted, length);
            dictionary.collect("", dictionaryOf(parts.root()), 1);
            return dictionary.tensors;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isZip(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.read() == 'P' && in.read() == 'K';
        }
    }

    /** Classifiers carry hundreds of megabytes that nobody asks for; mapped, these are never read. */
    private static ByteBuffer mapped(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
        }
    }

    private static PickleMap dictionaryOf(Object root) {
        if (!(root instanceof PickleList list)) {
            return root instanceof PickledModule module ? module.state() : PickleStack.as(PickleMap.class, root);
        }
        var byIndex = new PickleMap(new LinkedHashMap<>());
        for (Object item : list.items()) {
            byIndex.entries().put(String.valueOf(byIndex.entries().size()), PickleStack.as(PickledModule.class, item));
        }
        return byIndex;
    }

    private void collect(String prefix, PickleMap map, int depth) {
        for (Map.Entry<String, Object> entry : map.entries().entrySet()) {
            // A dictionary may hold itself, or many others twice; both limits end what would else not end.
            if (depth > MAX_DEPTH || --entriesLeft < 0) {
                throw new MalformedStateDictionaryException("the dictionaries hold each other too often");
            }
            if (prefix.length() + entry.getKey().length() > LONGEST_NAME) {
                throw new MalformedStateDictionaryException("a name is longer than " + LONGEST_NAME + " characters");
            }
            String name = prefix + entry.getKey();
            if (entry.getValue() instanceof PickleMap inner) {
                collect(name + ".", inner, depth + 1);
            } else if (entry.getValue() instanceof PickledModule module) {
                collect(name + ".", module.state(), depth + 1);
            } else if (entry.getValue() instanceof TensorView view && wanted.test(name)) {
                add(name, view);
            }
        }
    }

    private void add(String name, TensorView view) {
        elementsLeft -= view.elements();
        ByteBuffer bytes = storages.get(view.storage().key());
        if (elementsLeft < 0) {
            throw new MalformedStateDictionaryException("the tensors have more elements than the file has bytes");
        }
        if (bytes == null) {
            throw new MalformedStateDictionaryException("the file lacks the elements of a tensor");
        }
        if (tensors.put(name, view.resolve(bytes)) != null) {
            throw new MalformedStateDictionaryException("two tensors have the name " + StateDictionaryException.quote(name));
        }
    }
}
