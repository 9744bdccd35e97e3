package dev.darkroom.train.photo;

import java.nio.file.Path;

/** A data folder, a picture in it or a file of blur kernels cannot be used; the message names it and says why. */
public final class PhotoFileException extends RuntimeException {

    private PhotoFileException(String message) {
        super(message);
    }

    private PhotoFileException(String message, Throwable cause) {
        super(message, cause);
    }

    static PhotoFileException noFolder(Path folder) {
        return new PhotoFileException("%s is not a folder".formatted(folder.getFileName()));
    }

    static PhotoFileException empty(Path folder) {
        return new PhotoFileException(
                "%s holds no pictures (PNG, JPEG, WebP, TIFF, HEIC, AVIF, GIF or BMP)".formatted(folder.getFileName()));
    }

    static PhotoFileException unreadable(Path file) {
        return new PhotoFileException("%s is damaged or not a picture".formatted(file.getFileName()));
    }

    public static PhotoFileException noKernels(Path file, Throwable cause) {
        return new PhotoFileException("cannot read kernels from %s: %s".formatted(file.getFileName(), cause.getMessage()), cause);
    }
}
