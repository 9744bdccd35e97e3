package dev.darkroom.bench.picture;

import dev.darkroom.image.ImageDecoder;
import dev.darkroom.image.ImageLimits;
import dev.darkroom.image.Photo;
import dev.darkroom.image.Raster;
import dev.darkroom.image.file.ImageException;
import dev.darkroom.image.tile.Region;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Pictures cut out of the photographs in a folder; one that is too small is continued by its mirror image. */
public final class Photographs implements PictureSource {
    private static final ImageDecoder DECODER = new ImageDecoder(new ImageLimits(30_000, 30_000, 200));

    private final List<Path> files;

    private Photographs(List<Path> files) {
        this.files = files;
    }

    /** @throws IllegalArgumentException if the folder holds no colour photograph of 8 bits */
    public static Photographs in(Path folder) {
        try (var found = Files.walk(folder)) {
            List<Path> files = found.filter(Files::isRegularFile).sorted().filter(Photographs::isUsable).toList();
            if (files.isEmpty()) {
                throw new IllegalArgumentException("there is no colour photograph of 8 bits in " + folder);
            }
            return new Photographs(files);
        } catch (IOException | UncheckedIOException e) {
            throw new IllegalArgumentException(folder + " cannot be read");
        }
    }

    private static boolean isUsable(Path file) {
        try (Photo photo = decode(file)) {
            return photo.pixels().channels() == 3 && photo.pixels().bits() == 8;
        } catch (ImageException e) {
            return false;
        }
    }

    private static Photo decode(Path file) {
        try {
            return DECODER.decode(ByteBuffer.wrap(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Raster picture(int width, int height, long number) {
        try (Photo photo = decode(files.get((int) Math.floorMod(number, (long) files.size())))) {
            var all = new Region(0, 0, width, height);
            var samples = ByteBuffer.allocateDirect(width * height * 3);
            photo.pixels().read(all, samples);
            Raster picture = Raster.allocate(width, height, 3, 8);
            picture.write(all, samples.flip(), all);
            return picture;
        }
    }
}
