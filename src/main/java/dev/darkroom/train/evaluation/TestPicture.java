package dev.darkroom.train.evaluation;

import dev.darkroom.train.degradation.PhotoFile;
import dev.darkroom.train.degradation.PhotoFileException;
import dev.darkroom.train.degradation.Planes;
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

    Planes planes() {
        return clean.read().whole();
    }

    Optional<Planes> given(String folder) {
        return Optional.ofNullable(given.get(folder)).map(file -> file.read().whole());
    }

    /**
     * The pictures of a set. Besides a folder of clean pictures the customary layouts are understood: {@code hr} beside
     * {@code lr_x4}, where names agree up to an {@code x4}, and {@code gt} beside {@code hazy}, where {@code 7_2.png} shows
     * {@code 7.png}.
     *
     * @throws PhotoFileException if there are none
     */
    static List<TestPicture> of(Path set) {
        if (Files.isDirectory(set.resolve("gt")) && Files.isDirectory(set.resolve("hazy"))) {
            return hazy(set);
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
