package dev.darkroom.model.pytorch;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs the few pickle instructions that {@code torch.save} writes for a state dictionary and refuses all others.
 *
 * <p>It knows numbers, text, tuples, lists, dictionaries and strided views of storages. It calls nothing: the functions
 * a state dictionary names are done here as plain data, and so are the attributes of modules, whose classes it is told.
 * Instructions: Python's {@code Lib/pickletools.py}, protocol 2.
 */
final class PickleMachine {

    /** Some sixty make a tensor; each costs at most about a hundred bytes of heap. */
    private static final int MAX_INSTRUCTIONS = 1_000_000;

    private final PickleInput input;
    private final PickleStack stack = new PickleStack();
    private final Set<String> moduleClasses;

    private final Map<String, StorageReference> storages = new LinkedHashMap<>();

    /** Reads from where the buffer stands and leaves it behind the pickle. */
    PickleMachine(ByteBuffer bytes) {
        this(bytes, Set.of());
    }

    /** Also takes objects of these classes, as {@link PickledModule}. */
    PickleMachine(ByteBuffer bytes, Set<String> moduleClasses) {
        this.input = new PickleInput(bytes);
        this.moduleClasses = moduleClasses;
    }

    /** The storages that the pickle referred to, by key. */
    Map<String, StorageReference> storages() {
        return storages;
    }

    /**
     * Returns what the pickle describes: Long, BigInteger, Double, Boolean, String, {@link PickleStack#NONE}, a record of
     * this package or a {@link Global}.
     *
     * @throws UnsafePickleException at the first instruction, name or call that is not allowed
     * @throws MalformedStateDictionaryException if the pickle is damaged
     */
    Object run() {
        for (int count = 0; count < MAX_INSTRUCTIONS; count++) {
            int opcode = input.unsignedByte();
            if (opcode == '.') {
                return stack.pop(Object.class);
            }
            step(opcode);
        }
        throw new MalformedStateDictionaryException("the pickle has more than " + MAX_INSTRUCTIONS + " instructions");
    }

    private void step(int opcode) {
        switch (opcode) {
            case 0x80 -> protocol(input.unsignedByte());
            case '(' -> stack.mark();
            case 'N' -> stack.push(PickleStack.NONE);
            case 0x88 -> stack.push(true);
            case 0x89 -> stack.push(false);
            case 'K' -> stack.push((long) input.unsignedByte());
            case 'M' -> stack.push((long) input.unsignedShort());
            case 'J' -> stack.push((long) input.signedInt());
            case 0x8a -> stack.push(input.number());
            case 'G' -> stack.push(input.bigEndianDouble());
            case 'X' -> stack.push(input.text());
            case 'U' -> stack.push(input.shortText());
            case ')' -> stack.push(new PickleTuple(List.of()));
            case 0x85 -> stack.push(stack.popTuple(1));
            case 0x86 -> stack.push(stack.popTuple(2));
            case 0x87 -> stack.push(stack.popTuple(3));
            case 't' -> stack.push(new PickleTuple(stack.popToMark()));
            case ']' -> stack.push(new PickleList(new ArrayList<>()));
            case 'a' -> append(List.of(stack.pop(Object.class)));
            case 'e' -> append(stack.popToMark());
            case '}' -> stack.push(new PickleMap(new LinkedHashMap<>()));
            case 's' -> put(stack.popTuple(2).items());
            case 'u' -> put(stack.popToMark());
            case 'q' -> stack.remember(input.unsignedByte());
            case 'r' -> stack.remember(input.signedInt());
            case 'h' -> stack.recall(input.unsignedByte());
            case 'j' -> stack.recall(input.signedInt());
            case 'c' -> stack.push(global(input.line() + "." + input.line()));
            case 0x81 -> module();
            case 'R' -> reduce(stack.pop(PickleTuple.class), stack.pop(Global.class));
            case 'b' -> build();
            case 'Q' -> stack.push(persistent(stack.pop(PickleTuple.class)));
            default -> throw UnsafePickleException.opcode(opcode);
        }
    }

    private static void protocol(int version) {
        if (version != 2) {
            throw new MalformedStateDictionaryException("pickle protocol " + version + " instead of 2");
        }
    }

    private void append(List<Object> items) {
        stack.peek(PickleList.class).items().addAll(items);
    }

    private void put(List<Object> keysAndValues) {
        Map<String, Object> map = stack.peek(PickleMap.class).entries();
        if (keysAndValues.size() % 2 != 0) {
            throw new MalformedStateDictionaryException("the pickle has a key without a value");
        }
        for (int i = 0; i < keysAndValues.size(); i += 2) {
            Object key = keysAndValues.get(i);
            // Numbers count the parameters in the state of an optimizer.
            map.put(key instanceof Long number ? number.toString() : PickleStack.as(String.class, key),
                    keysAndValues.get(i + 1));
        }
    }

    private Global global(String name) {
        return moduleClasses.contains(name) ? new Global.ModuleClass(name) : Global.named(name);
    }

    private void module() {
        if (moduleClasses.isEmpty()) {
            throw UnsafePickleException.opcode(0x81);
        }
        stack.pop(PickleTuple.class);
        stack.pop(Global.ModuleClass.class);
        stack.push(new PickledModule(new PickleMap(new LinkedHashMap<>())));
    }

    private void reduce(PickleTuple arguments, Global global) {
        int count = arguments.items().size();
        if (global == Global.Callable.ORDERED_DICT && count == 0) {
            stack.push(new PickleMap(new LinkedHashMap<>()));
        } else if (global == Global.Callable.ORDERED_DICT && count == 1) {
            stack.push(new PickleMap(new LinkedHashMap<>()));
            arguments.get(0, PickleList.class).items().forEach(pair -> put(pair(pair)));
        } else if (global == Global.Callable.REBUILD_TENSOR && (count == 6 || count == 7)) {
            stack.push(new TensorView(
                    arguments.get(0, StorageReference.class),
                    arguments.get(1, Long.class),
                    numbers(arguments.get(2, PickleTuple.class)),
                    numbers(arguments.get(3, PickleTuple.class))));
        } else if (global == Global.Callable.REBUILD_PARAMETER && count == 3) {
            stack.push(arguments.get(0, TensorView.class));
        } else {
            throw UnsafePickleException.call(global.qualifiedName());
        }
    }

    /** Python 2 hands the entries of an OrderedDict to its constructor, each a list of two. */
    private static List<Object> pair(Object item) {
        List<Object> pair = PickleStack.as(PickleList.class, item).items();
        if (pair.size() != 2) {
            throw new MalformedStateDictionaryException("the pickle has a key without a value");
        }
        return pair;
    }

    /** A module's state dictionary carries the versions of its layers as attributes, which no weight depends on. */
    private void build() {
        PickleMap state = stack.pop(PickleMap.class);
        if (stack.peek(Object.class) instanceof PickledModule module) {
            module.attributes().entries().putAll(state.entries());
        } else {
            stack.peek(PickleMap.class);
        }
    }

    /** Beside storages, pickled modules refer to their classes in this way, with the source text. */
    private Object persistent(PickleTuple id) {
        boolean moduleClass = id.items().size() == 4 && id.items().get(0).equals("module");
        return moduleClass ? id.get(1, Global.ModuleClass.class) : storage(id);
    }

    private StorageReference storage(PickleTuple id) {
        int count = id.items().size();
        boolean plain = count == 5 || count == 6 && id.items().get(5) == PickleStack.NONE;
        if (!plain || !id.get(0, String.class).equals("storage")) {
            throw new MalformedStateDictionaryException("the pickle refers to something other than a storage");
        }
        var storage = new StorageReference(
                id.get(1, StorageType.class), id.get(2, String.class), id.get(4, Long.class));
        StorageReference known = storages.putIfAbsent(storage.key(), storage);
        if (known != null && !known.equals(storage)) {
            throw new MalformedStateDictionaryException("the pickle describes one storage in two ways");
        }
        return storage;
    }

    private static long[] numbers(PickleTuple tuple) {
        return tuple.items().stream().mapToLong(item -> PickleStack.as(Long.class, item)).toArray();
    }
}
