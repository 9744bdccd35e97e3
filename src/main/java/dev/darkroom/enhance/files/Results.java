package dev.darkroom.enhance.files;

import dev.darkroom.image.EncodedImage;
import dev.darkroom.image.file.ImageFormat;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where results go.
 *
 * @param file   of the only result, or {@link Original#STANDARD}
 * @param folder of all of them; without either, beside the originals
 * @param format that was asked for
 */
record Results(Optional<Path> file, Optional<Path> folder, Optional<ImageFormat> format) {

    boolean goToStandardOutput() {
        return file.filter(Original.STANDARD::equals).isPresent();
    }

    /** Whether there is one already, in the format that was asked for or in any. */
    boolean has(Original original) {
        return !goToStandardOutput() && possibleTargets(original).anyMatch(Files::exists);
    }

    /** Of those that its result may have, by its format. */
    Stream<Path> possibleTargets(Original original) {
        return format.map(Stream::of).orElseGet(ImageFormat.WRITTEN::stream).map(any -> target(original, any)).distinct();
    }

    /** Under its name only when it is complete, so that whoever is interrupted leaves nothing that looks done. */
    Path write(Original original, EncodedImage image) throws IOException {
        Path target = target(original, image.format());
        if (goToStandardOutput()) {
            writeTo(new FileOutputStream(FileDescriptor.out).getChannel(), image);
        } else if (Files.exists(target) && !Files.isRegularFile(target)) {
            // A device or a pipe is written to, not replaced.
            writeTo(Channels.newChannel(Files.newOutputStream(target)), image);
        } else {
            replace(Files.isSymbolicLink(target) ? target.toRealPath() : target.toAbsolutePath(), image);
        }
        return target;
    }

    private static void replace(Path target, EncodedImage image) throws IOException {
        Files.createDirectories(target.getParent());
        Path part = target.resolveSibling("." + target.getFileName() + ".part");
        writeTo(FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING), image);
        Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void writeTo(WritableByteChannel channel, EncodedImage image) throws IOException {
        try (channel) {
            for (ByteBuffer rest = image.file().view(); rest.hasRemaining(); ) {
                channel.write(rest);
            }
        }
    }

    private Path target(Original original, ImageFormat written) {
        return file.orElseGet(() -> original.target(folder, written));
    }
}
