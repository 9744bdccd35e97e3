package dev.darkroom.train;

import java.nio.file.Path;

/** A data folder or a picture in it cannot be used; the message names it and says why. */
public final class PhotoFileException extends RuntimeException {

    private PhotoFileException(String message) {
        super(message);
    }

    static PhotoFileException noFolder(Path folder) {
        return new PhotoFileException("%s is not a folder".formatted(folder.getFileName()));
    }

    static PhotoFileException empty(Path folder) {
        return new PhotoFileException(
                "%s holds no pictures (PNG, JPEG, WebP, TIFF or BMP)".formatted(folder.getFileName()));
    }

    static PhotoFileException unreadable(Path file) {
        return new PhotoFileException("%s is damaged or not a picture".formatted(file.getFileName()));
    }
}
