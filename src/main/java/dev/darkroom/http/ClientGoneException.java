package dev.darkroom.http;

/** The request has ended before it was worked on: nobody is left to be told. */
public final class ClientGoneException extends RuntimeException {
    public ClientGoneException() {
        super("the client has gone");
    }
}
