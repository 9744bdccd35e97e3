package dev.darkroom.model.pytorch;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What {@code torch.save} wrote before PyTorch 1.6: five pickles (magic number, protocol version, system, object, keys of
 * the storages), then each storage as a count of elements in eight bytes and the elements. Source: PyTorch's
 * {@code torch/serialization.py}, {@code _legacy_save}.
 */
final class LegacyContainer {

    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final Long PROTOCOL = 1001L;

    private LegacyContainer() {}

    static PickledFile read(ByteBuffer file, Set<String> moduleClasses) {
        file.order(ByteOrder.LITTLE_ENDIAN);
        if (!MAGIC.equals(new PickleMachine(file).run()) || !PROTOCOL.equals(new PickleMachine(file).run())) {
            throw new MalformedStateDictionaryException("not a file of torch.save");
        }
        Object system = new PickleMachine(file).run();
        if (!(system instanceof PickleMap map) || !Boolean.TRUE.equals(map.entries().get("little_endian"))) {
            throw new MalformedStateDictionaryException("the file was not written by a little-endian machine");
        }
        var machine = new PickleMachine(file, moduleClasses);
        Object root = machine.run();
        PickleList keys = PickleStack.as(PickleList.class, new PickleMachine(file).run());
        return new PickledFile(root, storages(file, keys, machine.storages()));
    }

    private static Map<String, ByteBuffer> storages(
            ByteBuffer file, PickleList keys, Map<String, StorageReference> references) {
        var storages = new HashMap<String, ByteBuffer>();
        for (Object item : keys.items()) {
            String key = PickleStack.as(String.class, item);
            StorageReference reference = references.get(key);
            if (reference == null || file.remaining() < Long.BYTES || file.getLong() != reference.elements()
                    || file.remaining() < reference.bytes()) {
                throw new MalformedStateDictionaryException("the file's storages are not those of its tensors");
            }
            int length = (int) reference.bytes();
            storages.put(key, file.slice(file.position(), length).order(ByteOrder.LITTLE_ENDIAN));
            file.position(file.position() + length);
        }
        return storages;
    }
}
