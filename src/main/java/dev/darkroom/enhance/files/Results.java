package dev.darkroom.enhance.files;

import dev.darkroom.image.EncodedImage;
import dev.darkroom.image.file.ImageFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where results go.
 *
 * @param file   of the only result
 * @param folder of all of them; without either, beside the originals
 * @param format that was asked for
 */
record Results(Optional<Path> file, Optional<Path> folder, Optional<ImageFormat> format) {

    /** Whether there is one already, in the format that was asked for or in any. */
    boolean has(Original original) {
        return format.map(Stream::of).orElseGet(ImageFormat.WRITTEN::stream).anyMatch(any -> Files.exists(target(original, any)));
    }

    /** Under its name only when it is complete, so that whoever is interrupted leaves nothing that looks done. */
    Path write(Original original, EncodedImage image) throws IOException {
        Path target = target(original, image.format());
        Path parent = target.toAbsolutePath().getParent();
        Files.createDirectories(parent);
        Path part = parent.resolve("." + target.getFileName() + ".part");
        Files.write(part, image.bytes());
        Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        return target;
    }

    private Path target(Original original, ImageFormat written) {
        return file.orElseGet(() -> original.target(folder, written));
    }
}
