package dev.darkroom.model.torchscript;

/** The archive cannot be read, or two readers could read it differently. */
public final class DamagedArchiveException extends RuntimeException {
    DamagedArchiveException(String reason) {
        super(reason);
    }
}
