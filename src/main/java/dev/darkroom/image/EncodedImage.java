package dev.darkroom.image;

import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.memory.NativeBytes;
import java.util.Set;

/**
 * A finished image file, outside the Java heap; whoever is done with it closes it.
 *
 * @param changed what the file that came in carried and this one lacks, in alphabetical order: names of {@link dev.darkroom.image.file.Carried}
 */
public record EncodedImage(ImageFormat format, NativeBytes file, Set<String> changed) implements AutoCloseable {

    /** The file on the heap, for those who have room there. */
    public byte[] bytes() {
        return file.toArray();
    }

    @Override
    public void close() {
        file.close();
    }
}
