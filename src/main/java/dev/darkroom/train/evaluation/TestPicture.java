package dev.darkroom.train.evaluation;

import dev.darkroom.train.photo.PhotoFile;
import dev.darkroom.train.photo.PhotoFileException;
import dev.darkroom.train.photo.Planes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A clean picture of a test set, with degraded versions of it where the set brings them.
 *
 * @param number its place in the set, so that a subset is degraded as the whole set would be
 * @param given  by the name of the folder they are in, for example {@code lr_x4} or {@code hazy}
 */
record TestPicture(int number, PhotoFile clean, Map<String, PhotoFile> given) {
    /** How the names end of one exposure and of the mean of many; the first is also what {@link #given} knows it by. */
    static final String REAL = "_real";
    private static final String MEAN = "_mean";

    Planes planes() {
        return clean.read().whole();
    }

    Optional<Planes> given(String folder) {
        return Optional.ofNullable(given.get(folder)).map(file -> file.read().whole());
    }

    /** The camera that took it, as the set's file names begin. */
    String camera() {
        return clean.stem().replaceFirst("_.*", "");
    }

    /**
     * The pictures of a set. Besides a folder of clean pictures the customary layouts are understood: {@code hr} beside
     * {@code lr_x4}, where names agree up to an {@code x4}, and {@code gt} beside {@code hazy}, where {@code 7_2.png} shows
     * {@code 7.png}; and {@code a_mean.jpg} beside {@code a_real.jpg}, the mean of many exposures and one of them, as in PolyU.
     *
     * @throws PhotoFileException if there are none
     */
    static List<TestPicture> of(Path set) {
        if (Files.isDirectory(set.resolve("gt")) && Files.isDirectory(set.resolve("hazy"))) {
            return hazy(set);
        }
        List<PhotoFile> all = Files.isDirectory(set.resolve("hr")) ? List.of() : PhotoFile.in(set);
        if (all.stream().anyMatch(file -> file.stem().endsWith(REAL))) {
            return exposures(all);
        }
        boolean paired = Files.isDirectory(set.resolve("hr"));
        List<Path> others = paired ? foldersOf(set).filter(folder -> folder.getFileName().toString().startsWith("lr_")).toList() : List.of();
        List<TestPicture> pictures = new ArrayList<>();
        for (PhotoFile clean : PhotoFile.in(paired ? set.resolve("hr") : set)) {
            Map<String, PhotoFile> given = new TreeMap<>();
            for (Path folder : others) {
                String kind = folder.getFileName().toString();
                String suffix = kind.substring("lr_".length());
                PhotoFile.in(folder).stream().filter(file -> file.stem().replaceFirst(suffix + "$", "").equals(clean.stem()))
                        .findFirst().ifPresent(file -> given.put(kind, file));
            }
            pictures.add(new TestPicture(pictures.size(), clean, given));
        }
        return pictures;
    }

    private static List<TestPicture> exposures(List<PhotoFile> files) {
        List<TestPicture> pictures = new ArrayList<>();
        for (PhotoFile mean : files.stream().filter(file -> file.stem().endsWith(MEAN)).toList()) {
            String real = mean.stem().replaceFirst(MEAN + "$", REAL);
            files.stream().filter(file -> file.stem().equals(real)).findFirst()
                    .ifPresent(file -> pictures.add(new TestPicture(pictures.size(), mean, Map.of(REAL, file))));
        }
        return pictures;
    }

    private static List<TestPicture> hazy(Path set) {
        List<PhotoFile> clean = PhotoFile.in(set.resolve("gt"));
        List<TestPicture> pictures = new ArrayList<>();
        for (PhotoFile hazy : PhotoFile.in(set.resolve("hazy"))) {
            String name = hazy.stem().replaceFirst("_.*", "");
            clean.stream().filter(file -> file.stem().equals(name)).findFirst()
                    .ifPresent(file -> pictures.add(new TestPicture(pictures.size(), file, Map.of("hazy", hazy))));
        }
        return pictures;
    }

    private static Stream<Path> foldersOf(Path set) {
        try (Stream<Path> entries = Files.list(set)) {
            return entries.filter(Files::isDirectory).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
