package dev.darkroom.model.pytorch;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * What {@code torch.save} writes since PyTorch 1.6: an uncompressed zip archive with {@code NAME/data.pkl} and one
 * {@code NAME/data/KEY} for each storage. Source: PyTorch's {@code torch/serialization.py}, {@code _save}.
 */
final class ZipContainer {

    private final ZipFile archive;
    /** Entries may overlap, so together they could be longer than the file; they may not be. */
    private long unread;

    private ZipContainer(ZipFile archive, long length) {
        this.archive = archive;
        this.unread = length;
    }

    static PickledFile read(Path file, Set<String> moduleClasses) throws IOException {
        try (var archive = new ZipFile(file.toFile())) {
            return new ZipContainer(archive, Files.size(file)).read(moduleClasses);
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            throw new MalformedStateDictionaryException("the zip archive is damaged", e);
        }
    }

    private PickledFile read(Set<String> moduleClasses) throws IOException {
        List<String> pickles =
                archive.stream().map(ZipEntry::getName).filter(name -> name.matches("[^/]+/data\\.pkl")).toList();
        if (pickles.size() != 1) {
            throw new MalformedStateDictionaryException("the zip archive has no data.pkl, or several");
        }
        String folder = pickles.get(0).substring(0, pickles.get(0).indexOf('/') + 1);
        if (archive.getEntry(folder + "byteorder") != null
                && !StandardCharsets.US_ASCII.decode(entry(folder + "byteorder")).toString().equals("little")) {
            throw new MalformedStateDictionaryException("the file was not written by a little-endian machine");
        }
        var machine = new PickleMachine(entry(pickles.get(0)), moduleClasses);
        Object root = machine.run();
        var storages = new HashMap<String, ByteBuffer>();
        for (StorageReference reference : machine.storages().values()) {
            ByteBuffer bytes = entry(folder + "data/" + reference.key());
            if (bytes.remaining() != reference.bytes()) {
                throw new MalformedStateDictionaryException("the file's storages are not those of its tensors");
            }
            storages.put(reference.key(), bytes);
        }
        return new PickledFile(root, storages);
    }

    private ByteBuffer entry(String name) throws IOException {
        ZipEntry entry = archive.getEntry(name);
        if (entry == null || entry.getMethod() != ZipEntry.STORED) {
            throw new MalformedStateDictionaryException("the zip archive lacks an entry, or has it compressed");
        }
        if (entry.getSize() < 0 || entry.getSize() > unread) {
            throw new MalformedStateDictionaryException("the zip archive's entries are longer than the file");
        }
        unread -= entry.getSize();
        try (InputStream in = archive.getInputStream(entry)) {
            byte[] bytes = in.readNBytes((int) entry.getSize());
            if (bytes.length != entry.getSize()) {
                throw new MalformedStateDictionaryException("the zip archive's entries are damaged");
            }
            return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        }
    }
}
