package dev.darkroom.enhance.files;

import dev.darkroom.image.container.ImageFile;
import dev.darkroom.memory.NativeBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * What is wanted of a file, readable until this is closed.
 *
 * @param copies that had to be made for it
 */
record Opened(ByteBuffer bytes, List<NativeBytes> copies) implements AutoCloseable {

    /**
     * All of it, or one of its pages.
     *
     * @param page counted from 1
     * @throws IOException      if it cannot be read
     * @throws RuntimeException if it has no such page
     */
    static Opened of(Original original, OptionalInt page) throws IOException {
        ByteBuffer file = original.bytes();
        var copies = new ArrayList<NativeBytes>();
        if (page.isEmpty()) {
            return new Opened(file, copies);
        }
        return new Opened(ImageFile.of(file).page(page.getAsInt(), size -> {
            copies.add(NativeBytes.ofSize(size));
            return copies.get(0).view();
        }), copies);
    }

    @Override
    public void close() {
        copies.forEach(NativeBytes::close);
    }
}
