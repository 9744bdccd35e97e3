package dev.darkroom.score;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A reference file and the candidates that are compared with it. */
record Matchup(Path reference, List<Path> candidates) {
    private static final Set<String> EXTENSIONS = Set.of("png", "jpg", "jpeg", "webp", "tif", "tiff");

    /**
     * The files themselves, or for folders every picture of the reference folder with those of the same name, extension aside,
     * in each candidate folder.
     *
     * @throws IllegalArgumentException if files and folders are mixed, or a picture has no counterpart or several
     */
    static List<Matchup> of(Path reference, List<Path> candidates) {
        boolean folders = Files.isDirectory(reference);
        for (Path candidate : candidates) {
            require(Files.isDirectory(candidate) == folders, "compare files with files or folders with folders");
        }
        return folders ? inFolders(reference, candidates) : List.of(new Matchup(reference, candidates));
    }

    private static List<Matchup> inFolders(Path folder, List<Path> candidateFolders) {
        Map<String, Path> references = pictures(folder);
        require(!references.isEmpty(), "there is no picture in " + folder);
        List<Map<String, Path>> candidates = candidateFolders.stream().map(Matchup::pictures).toList();
        for (int i = 0; i < candidates.size(); i++) {
            for (String name : references.keySet()) {
                require(candidates.get(i).containsKey(name), "there is no picture %s in %s".formatted(name, candidateFolders.get(i)));
            }
        }
        return references.entrySet().stream()
                .map(entry -> new Matchup(entry.getValue(), candidates.stream().map(pictures -> pictures.get(entry.getKey())).toList()))
                .toList();
    }

    /** By name without the extension. */
    private static Map<String, Path> pictures(Path folder) {
        var pictures = new TreeMap<String, Path>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(Matchup::isPicture).forEach(file -> {
                Path other = pictures.put(parts(file)[0], file);
                require(other == null, "%s and %s differ in nothing but their extension".formatted(other, file));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return pictures;
    }

    private static boolean isPicture(Path file) {
        return EXTENSIONS.contains(parts(file)[1].toLowerCase(Locale.ROOT)) && Files.isRegularFile(file);
    }

    private static String[] parts(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot < 0 ? new String[] {name, ""} : new String[] {name.substring(0, dot), name.substring(dot + 1)};
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
