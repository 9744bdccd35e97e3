package dev.darkroom.model.store;

import dev.darkroom.model.CheckpointId;
import dev.darkroom.model.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the directories of checkpoints in a store, complete or not. */
final class StoreScan {

    private static final Logger LOG = System.getLogger(StoreScan.class.getName());
    private static final Predicate<String> BEING_COPIED = Pattern.compile("\\..*|.*\\.(tmp|partial)").asMatchPredicate();
    private static final Predicate<String> VERSION = Pattern.compile("[1-9][0-9]{0,8}").asMatchPredicate();

    private StoreScan() {}

    /**
     * Returns the directories in the order of their checkpoints.
     *
     * @throws StoreUnreadableException if a folder cannot be listed
     */
    static List<CheckpointDirectory> of(Path root) {
        try {
            return folders(root).stream()
                    .flatMap(taskFolder -> Task.find(name(taskFolder)).stream()
                            .flatMap(task -> losses(root, task, taskFolder)))
                    .sorted((a, b) -> a.id().compareTo(b.id()))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new StoreUnreadableException(e);
        }
    }

    private static Stream<CheckpointDirectory> losses(Path root, Task task, Path taskFolder) {
        return inside(taskFolder)
                .filter(loss -> named(loss, CheckpointId::isLoss))
                .flatMap(loss -> inside(loss)
                        .filter(version -> named(version, VERSION))
                        .map(version -> new CheckpointDirectory(
                                root, new CheckpointId(task, name(loss), Integer.parseInt(name(version))))));
    }

    private static boolean named(Path folder, Predicate<String> rule) {
        boolean fits = rule.test(name(folder));
        if (!fits) {
            boolean expected = BEING_COPIED.test(name(folder));
            LOG.log(expected ? Level.DEBUG : Level.WARNING, "ignoring the folder {0} of the model store", folder);
        }
        return fits;
    }

    // A folder below the root may be renamed away between being seen and being listed.
    private static Stream<Path> inside(Path folder) {
        try {
            return folders(folder).stream();
        } catch (NoSuchFileException e) {
            return Stream.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> folders(Path parent) throws IOException {
        try (Stream<Path> children = Files.list(parent)) {
            return children.filter(Files::isDirectory).toList();
        }
    }

    private static String name(Path folder) {
        return folder.getFileName().toString();
    }
}
