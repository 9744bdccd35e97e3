package dev.darkroom.enhance.files;

import dev.darkroom.image.file.ImageFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A file to enhance.
 *
 * @param folder that was named instead of the file itself, of which it is a part
 */
record Original(Path file, Optional<Path> folder) {

    /** The files that {@code named} are or have in them, without hidden ones and those in the folder of the results. */
    static List<Original> in(Path named, Optional<Path> results) throws IOException {
        if (!Files.isDirectory(named)) {
            return List.of(new Original(named, Optional.empty()));
        }
        Optional<Path> excluded = results.map(Original::canonical);
        try (Stream<Path> files = Files.walk(named)) {
            return files.filter(Files::isRegularFile).filter(file -> !isHidden(named.relativize(file)))
                    .filter(file -> excluded.isEmpty() || !canonical(file).startsWith(excluded.get()))
                    .sorted().map(file -> new Original(file, Optional.of(named))).toList();
        }
    }

    private static Path canonical(Path path) {
        return path.toAbsolutePath().normalize();
    }

    private static boolean isHidden(Path relative) {
        for (Path part : relative) {
            if (part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    /** What its shard is decided by: the same wherever the folder is mounted. */
    String name() {
        return folder.map(root -> root.relativize(file).toString().replace('\\', '/')).orElseGet(file::toString);
    }

    /** Beside it, or in the results' folder; of a folder's files under the same name, with the format's ending if it has another. */
    Path target(Optional<Path> results, ImageFormat format) {
        String name = file.getFileName().toString();
        String ending = "." + format.extensions().get(0);
        if (folder.isPresent()) {
            String same = format.extensions().stream().anyMatch(known -> name.toLowerCase(Locale.ROOT).endsWith("." + known)) ? name : name + ending;
            return results.orElseThrow().resolve(folder.get().relativize(file).toString()).resolveSibling(same);
        }
        String stem = name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name;
        String enhanced = stem + ".enhanced" + ending;
        return results.map(directory -> directory.resolve(enhanced)).orElseGet(() -> file.resolveSibling(enhanced));
    }
}
