package dev.darkroom.enhance.files;

import dev.darkroom.image.file.ImageFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which files are enhanced and where the results go, settled before anything is computed.
 *
 * @param originals in the order of their work
 * @param strays    how many files of folders are no pictures
 */
record FilePlan(Results results, List<Original> originals, int strays) {

    /**
     * Plans.
     *
     * @param output where to, if that was said
     * @param format that was asked for
     * @param shard  the part of the files that is wanted
     * @param fresh  leave out what has a result
     * @param force  allow results to replace originals
     * @throws IllegalArgumentException if that makes no sense or would destroy something
     */
    static FilePlan of(List<Path> files, Optional<Path> output, Optional<ImageFormat> format, Shard shard, boolean fresh, boolean force) throws IOException {
        Results results = results(files, output, format);
        List<Original> originals = new ArrayList<>();
        int strays = 0;
        for (Path named : files) {
            for (Original original : Original.in(named, results.folder())) {
                if (original.isStray()) {
                    strays++;
                } else if (shard.has(original.name()) && !(fresh && results.has(original))) {
                    originals.add(original);
                }
            }
        }
        requireOwnTargets(originals, results, force);
        return new FilePlan(results, List.copyOf(originals), strays);
    }

    private static Results results(List<Path> files, Optional<Path> output, Optional<ImageFormat> format) {
        boolean folders = files.stream().anyMatch(Files::isDirectory);
        if (output.isEmpty()) {
            require(!folders, "--output: name the folder for the results of a folder");
            boolean piped = files.contains(Original.STANDARD);
            require(!piped || files.size() == 1, "with - for standard input and other files, --output must name a folder");
            return new Results(piped ? Optional.of(Original.STANDARD) : Optional.empty(), Optional.empty(), format);
        }
        Path named = output.get();
        boolean device = Files.exists(named) && !Files.isDirectory(named) && !Files.isRegularFile(named) || named.equals(Original.STANDARD);
        Optional<ImageFormat> ending = ending(named);
        boolean one = device || !Files.isDirectory(named) && (ending.isPresent() || Files.isRegularFile(named) || files.size() == 1 && !folders);
        if (!one) {
            return new Results(Optional.empty(), output, format);
        }
        require(files.size() == 1 && !folders, "--output: several results need a folder, %s is one file".formatted(named));
        require(device || ending.isPresent() || format.isPresent(), "--output: the ending of %s is no format's (%s); name a folder that exists, or --format"
                .formatted(named, Arrays.stream(ImageFormat.values()).filter(ImageFormat.WRITTEN::contains).map(known -> known.extensions().get(0)).collect(Collectors.joining(", "))));
        require(ending.isEmpty() || format.isEmpty() || ending.equals(format), "--output: %s does not end as --format says".formatted(named));
        return new Results(output, Optional.empty(), format.or(() -> ending));
    }

    private static Optional<ImageFormat> ending(Path file) {
        String name = file.getFileName() == null ? "" : file.getFileName().toString().toLowerCase(Locale.ROOT);
        return ImageFormat.WRITTEN.stream().filter(format -> format.extensions().stream().anyMatch(known -> name.endsWith("." + known))).findFirst();
    }

    /** No result may take an original's place unasked, or another result's. */
    private static void requireOwnTargets(List<Original> originals, Results results, boolean force) throws IOException {
        if (results.goToStandardOutput()) {
            return;
        }
        Map<Path, Original> byPath = new HashMap<>();
        for (Original original : originals) {
            if (Files.exists(original.file())) {
                byPath.put(original.file().toRealPath(), original);
            }
        }
        Map<Path, Original> byTarget = new HashMap<>();
        for (Original original : originals) {
            Path likeliest = results.possibleTargets(original).filter(target -> ending(target).equals(ending(original.file()))).findFirst()
                    .orElseGet(() -> results.possibleTargets(original).findFirst().orElseThrow());
            Original other = byTarget.put(likeliest.toAbsolutePath().normalize(), original);
            require(other == null, "%s and %s would have the same result, %s".formatted(other == null ? "" : other.file(), original.file(), likeliest));
            for (Path target : results.possibleTargets(original).toList()) {
                boolean endangered = Files.isRegularFile(target) && byPath.containsKey(target.toRealPath());
                require(force || !endangered, "%s would be overwritten by a result; --force allows that".formatted(target));
            }
        }
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
