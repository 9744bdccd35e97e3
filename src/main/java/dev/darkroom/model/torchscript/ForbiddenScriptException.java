package dev.darkroom.model.torchscript;

/** The archive is sound, but its code does, or might do, more than calculate; the message names what. */
public final class ForbiddenScriptException extends RuntimeException {
    ForbiddenScriptException(String reason) {
        super(reason);
    }
}
