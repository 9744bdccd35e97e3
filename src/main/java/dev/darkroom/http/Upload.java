package dev.darkroom.http;

import dev.darkroom.batching.Admission;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An upload in memory, which admission knows of from the first byte until it is closed. */
public final class Upload implements AutoCloseable {
    private static final int CHUNK = 1 << 20;

    private final List<Admission.Hold> holds = new ArrayList<>();
    private ByteBuffer file;

    private Upload() {}

    /**
     * Reads a body.
     *
     * @param announcedBytes its length, or a negative number if the client did not say
     * @throws UploadTooLargeException                  as soon as it is longer than the limit
     * @throws dev.darkroom.batching.QueueFullException if there is no memory for it, before or while it is read
     */
    public static Upload receive(InputStream body, long announcedBytes, UploadLimit limit, Admission admission) throws IOException {
        var upload = new Upload();
        try {
            if (announcedBytes >= 0) {
                upload.holds.add(admission.hold(announcedBytes));
                upload.file = ByteBuffer.wrap(limit.read(body));
            } else {
                upload.file = ByteBuffer.wrap(upload.readUnannounced(body, limit, admission));
            }
            return upload;
        } catch (IOException | RuntimeException e) {
            upload.close();
            throw e;
        }
    }

    private byte[] readUnannounced(InputStream body, UploadLimit limit, Admission admission) throws IOException {
        var bytes = new ByteArrayOutputStream();
        byte[] chunk;
        do {
            holds.add(admission.hold(CHUNK));
            chunk = body.readNBytes(CHUNK);
            bytes.write(chunk);
            limit.check(bytes.size());
        } while (chunk.length == CHUNK);
        return bytes.toByteArray();
    }

    /**
     * Reads a file that the framework has put on disk.
     *
     * @throws MalformedFormException if it has found no file in the form's part
     */
    public static Upload of(Path received, UploadLimit limit, Admission admission) throws IOException {
        if (received == null) {
            throw new MalformedFormException();
        }
        limit.check(Files.size(received));
        try (InputStream body = Files.newInputStream(received)) {
            return receive(body, Files.size(received), limit, admission);
        }
    }

    /** The bytes from position to limit; gone when this is closed, as far as admission knows. */
    public ByteBuffer file() {
        return file;
    }

    /** A copy of them, for whoever keeps them longer. */
    public byte[] bytes() {
        byte[] bytes = new byte[file.remaining()];
        file.duplicate().get(bytes);
        return bytes;
    }

    @Override
    public void close() {
        holds.forEach(Admission.Hold::close);
    }
}
