package dev.darkroom.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One job as files in a folder of its own; what is read has been renamed to where it is, so it is whole.
 *
 * <p>Whoever runs the job holds a lock on one of them, which the operating system takes back from a process that dies.
 */
final class JobFiles {
    private static final String ORDER = "order.json";
    private static final String OUTCOME = "outcome.json";
    private static final String PROGRESS = "progress.json";
    private static final String BODY = "body";
    private static final String CANCELLED = "cancelled";
    private static final String LOCK = "lock";
    private static final String ATTEMPTS = "attempts.json";

    private final Path folder;
    private final ObjectMapper json;

    JobFiles(Path folder, ObjectMapper json) {
        this.folder = folder;
        this.json = json;
    }

    /** The right to run the job, until it is closed. */
    record Claim(FileChannel file, FileLock lock) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    String id() {
        return folder.getFileName().toString();
    }

    void write(JobOrder order, List<ByteBuffer> uploads) throws IOException {
        for (int i = 0; i < uploads.size(); i++) {
            write(upload(i), uploads.get(i));
        }
        put(ORDER, json.writeValueAsBytes(order));
    }

    JobOrder order() throws IOException {
        return json.readValue(folder.resolve(ORDER).toFile(), JobOrder.class);
    }

    /** By what its order's file differs from another one that was there before. */
    String ordered() throws IOException {
        var file = Files.readAttributes(folder.resolve(ORDER), BasicFileAttributes.class);
        return file.lastModifiedTime() + " " + file.fileKey();
    }

    List<Path> uploads(JobOrder order) {
        return IntStream.range(0, order.names().size()).mapToObj(this::upload).toList();
    }

    private Path upload(int number) {
        return folder.resolve("upload-" + number);
    }

    /** Empty while another process, or another thread of this one, has it. */
    Optional<Claim> claim() throws IOException {
        FileChannel file = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = file.tryLock();
            if (lock != null) {
                return Optional.of(new Claim(file, lock));
            }
        } catch (OverlappingFileLockException e) {
            // a thread of this process has it
        }
        file.close();
        return Optional.empty();
    }

    /** How often it has been begun and neither ended nor been given back. */
    int attempts() throws IOException {
        return read(ATTEMPTS, Integer.class).orElse(0);
    }

    void attempts(int number) throws IOException {
        put(ATTEMPTS, json.writeValueAsBytes(number));
    }

    void report(JobProgress progress) throws IOException {
        put(PROGRESS, json.writeValueAsBytes(progress));
    }

    Optional<JobProgress> progress() throws IOException {
        return read(PROGRESS, JobProgress.class);
    }

    /** The uploads are not needed any more. */
    void end(JobOutcome outcome, ByteBuffer body) throws IOException {
        put(BODY, body);
        put(OUTCOME, json.writeValueAsBytes(outcome));
        for (Path upload : uploads(order())) {
            Files.deleteIfExists(upload);
        }
    }

    Optional<JobOutcome> outcome() throws IOException {
        return read(OUTCOME, JobOutcome.class);
    }

    Path body() {
        return folder.resolve(BODY);
    }

    /** For whoever runs it, wherever that is. */
    void cancel() throws IOException {
        put(CANCELLED, new byte[0]);
    }

    /** Or gone. */
    boolean isCancelled() {
        return isMarkedCancelled() || !Files.exists(folder);
    }

    boolean isMarkedCancelled() {
        return Files.exists(folder.resolve(CANCELLED));
    }

    private void put(String name, byte[] content) throws IOException {
        put(name, ByteBuffer.wrap(content));
    }

    private void put(String name, ByteBuffer content) throws IOException {
        Path whole = folder.resolve(name + ".new");
        write(whole, content);
        Files.move(whole, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void write(Path path, ByteBuffer content) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            for (ByteBuffer rest = content.duplicate(); rest.hasRemaining(); ) {
                file.write(rest);
            }
        }
    }

    private <T> Optional<T> read(String name, Class<T> type) throws IOException {
        try {
            return Optional.of(json.readValue(Files.readAllBytes(folder.resolve(name)), type));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
