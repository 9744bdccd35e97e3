package dev.darkroom.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * All jobs; several processes may share the folder.
 *
 * <p>A job is there once its folder, filled under another name, has been renamed. That is also what makes a retry safe: of two
 * requests under one key, whose jobs have the same id, only one can be renamed.
 */
final class JobFolder {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
    private static final String UNFINISHED = ".new-";
    private static final Duration UNFINISHED_FOR = Duration.ofHours(1);
    private static final Duration UNTIL_IT_HAS_STOPPED = Duration.ofSeconds(1);

    private final Path root;
    private final ObjectMapper json;
    private final Map<String, Known> orders = new ConcurrentHashMap<>();

    /** What was ordered, as it was written then: after a cancelled job another one may have its id. */
    private record Known(String written, JobOrder order) {}

    JobFolder(Path root, ObjectMapper json) {
        this.root = root;
        this.json = json;
    }

    /** Whose order is known. */
    record Entry(JobFiles files, JobOrder order) {}

    /**
     * Keeps a job unless there is one of that id, and says which there is then.
     *
     * @throws JobUnfinishedException if that one has been cancelled and still runs
     */
    Entry add(String id, JobOrder order, List<ByteBuffer> uploads) throws IOException {
        Path folder = Files.createDirectories(root.resolve(UNFINISHED + UUID.randomUUID()));
        try {
            new JobFiles(folder, json).write(order, uploads);
            discard(id);
            if (!isMoved(folder, id) && find(id).isEmpty()) {
                throw new JobUnfinishedException(UNTIL_IT_HAS_STOPPED);
            }
        } finally {
            delete(folder);
        }
        return find(id).orElseThrow(() -> new JobUnfinishedException(UNTIL_IT_HAS_STOPPED));
    }

    /** False if another job is there. */
    private boolean isMoved(Path folder, String id) throws IOException {
        try {
            Files.move(folder, root.resolve(id), StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (IOException e) {
            if (Files.exists(root.resolve(id))) {
                return false;
            }
            Files.move(folder, root.resolve(id), StandardCopyOption.ATOMIC_MOVE); // what was in the way has gone meanwhile
            return true;
        }
    }

    Optional<Entry> find(String id) {
        if (!ID.matcher(id).matches()) {
            return Optional.empty();
        }
        var files = new JobFiles(root.resolve(id), json);
        return files.isCancelled() ? Optional.empty() : order(files).map(order -> new Entry(files, order));
    }

    /** Those that are not cancelled, first come first. */
    List<Entry> all() {
        List<Entry> entries = new ArrayList<>();
        ids().forEach(id -> find(id).ifPresent(entries::add));
        entries.sort(Comparator.comparing(entry -> entry.order().received()));
        return entries;
    }

    private Optional<JobOrder> order(JobFiles files) {
        try {
            String written = files.ordered();
            Known known = orders.get(files.id());
            if (known == null || !known.written.equals(written)) {
                known = new Known(written, files.order());
                orders.put(files.id(), known);
            }
            return Optional.of(known.order);
        } catch (IOException e) {
            return Optional.empty(); // deleted meanwhile
        }
    }

    /** Deletes a job that has been cancelled, unless somebody still runs it, who would take another one in its place for it. */
    void discard(String id) throws IOException {
        deleteUnclaimed(new JobFiles(root.resolve(id), json), JobFiles::isMarkedCancelled);
    }

    /** Deletes what has expired or been cancelled, unless somebody still runs it, and says which jobs are there. */
    List<String> tidy(Instant endedBefore) throws IOException {
        List<String> ids = ids();
        orders.keySet().retainAll(ids);
        for (String id : ids) {
            var files = new JobFiles(root.resolve(id), json);
            deleteUnclaimed(files, job -> job.isMarkedCancelled() || job.outcome().filter(outcome -> outcome.ended().isBefore(endedBefore)).isPresent());
        }
        try (Stream<Path> folders = Files.list(root)) {
            for (Path folder : folders.filter(path -> path.getFileName().toString().startsWith(UNFINISHED)).toList()) {
                deleteIfLeft(folder);
            }
        }
        return ids;
    }

    private static void deleteIfLeft(Path unfinished) throws IOException {
        try {
            if (Files.getLastModifiedTime(unfinished).toInstant().isBefore(Instant.now().minus(UNFINISHED_FOR))) {
                delete(unfinished);
            }
        } catch (NoSuchFileException e) {
            // it has been finished, or deleted
        }
    }

    /** Why a job is not needed any more. */
    private interface Reason {
        boolean holds(JobFiles files) throws IOException;
    }

    /** If there is reason to, which is looked for once more under the claim: another job may have come in its place. */
    private void deleteUnclaimed(JobFiles files, Reason reason) throws IOException {
        if (!reason.holds(files)) {
            return;
        }
        try (JobFiles.Claim claim = files.claim().orElse(null)) {
            if (claim != null && reason.holds(files)) {
                Path gone = root.resolve(UNFINISHED + UUID.randomUUID());
                Files.move(root.resolve(files.id()), gone, StandardCopyOption.ATOMIC_MOVE);
                delete(gone);
            }
        } catch (NoSuchFileException e) {
            // somebody else was faster
        }
    }

    private List<String> ids() {
        try (Stream<Path> folders = Files.list(root)) {
            return folders.map(path -> path.getFileName().toString()).filter(name -> ID.matcher(name).matches()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
