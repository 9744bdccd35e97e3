package dev.darkroom.model.numpy;

import dev.darkroom.model.pytorch.WeightTensor;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Reads what {@code numpy.savez} writes ({@code .npz}): an uncompressed zip archive with one {@code NAME.npy} for each
 * array, in float32 or float64.
 *
 * <p>Memory is bounded by a small multiple of the file's length.
 */
public final class NumpyArchive {

    private static final long MAX_BYTES = 256L << 20;
    private static final int MAX_ARRAYS = 10_000;
    private static final int LONGEST_NAME = 500;
    private static final String SUFFIX = ".npy";

    private final ZipFile archive;
    /** Entries may overlap, so together they could be longer than the file; they may not be. */
    private long unread;

    private NumpyArchive(ZipFile archive, long length) {
        this.archive = archive;
        this.unread = length;
    }

    /**
     * Returns the arrays by name, in the file's order, as float32.
     *
     * @throws MalformedArchiveException if the file is damaged, larger than 256 MiB, compressed, or holds anything but
     *     arrays of little-endian float32 or float64
     * @throws UncheckedIOException if it cannot be read
     */
    public static LinkedHashMap<String, WeightTensor> read(Path file) {
        try {
            long length = Files.size(file);
            if (length > MAX_BYTES) {
                throw new MalformedArchiveException("the file is larger than " + MAX_BYTES + " bytes");
            }
            try (var archive = new ZipFile(file.toFile())) {
                return new NumpyArchive(archive, length).read();
            }
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            throw new MalformedArchiveException("the zip archive is damaged", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private LinkedHashMap<String, WeightTensor> read() throws IOException {
        if (archive.size() > MAX_ARRAYS) {
            throw new MalformedArchiveException("the archive has more than " + MAX_ARRAYS + " entries");
        }
        var arrays = new LinkedHashMap<String, WeightTensor>();
        List<? extends ZipEntry> entries = archive.stream().toList();
        for (ZipEntry entry : entries) {
            String name = entry.getName();
            if (!name.endsWith(SUFFIX) || name.length() > LONGEST_NAME) {
                throw new MalformedArchiveException("the archive has an entry that is no array");
            }
            WeightTensor array = NumpyArray.read(bytes(entry));
            if (arrays.put(name.substring(0, name.length() - SUFFIX.length()), array) != null) {
                throw new MalformedArchiveException("two arrays have the same name");
            }
        }
        return arrays;
    }

    private ByteBuffer bytes(ZipEntry entry) throws IOException {
        if (entry.getMethod() != ZipEntry.STORED) {
            throw new MalformedArchiveException("the archive is compressed; numpy.savez writes one that is not");
        }
        if (entry.getSize() < 0 || entry.getSize() > unread) {
            throw new MalformedArchiveException("the archive's entries are longer than the file");
        }
        unread -= entry.getSize();
        try (InputStream in = archive.getInputStream(entry)) {
            byte[] bytes = in.readNBytes((int) entry.getSize());
            if (bytes.length != entry.getSize()) {
                throw new MalformedArchiveException("the archive's entries are damaged");
            }
            return ByteBuffer.wrap(bytes);
        }
    }
}
