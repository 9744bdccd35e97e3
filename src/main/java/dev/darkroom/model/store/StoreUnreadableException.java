package dev.darkroom.model.store;

/** The store's folders cannot be listed; what serves goes on serving. */
public final class StoreUnreadableException extends RuntimeException {

    StoreUnreadableException(Throwable cause) {
        super("the model store cannot be read", cause);
    }
}
