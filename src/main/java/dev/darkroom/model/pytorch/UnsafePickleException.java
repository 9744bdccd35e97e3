package dev.darkroom.model.pytorch;

/** A file asks for something that reading weights does not need, such as calling a function. */
public final class UnsafePickleException extends StateDictionaryException {

    private UnsafePickleException(String message) {
        super(message, null);
    }

    static UnsafePickleException global(String name) {
        return new UnsafePickleException("the file names " + quote(name) + ", which no state dictionary needs");
    }

    static UnsafePickleException opcode(int opcode) {
        return new UnsafePickleException(
                "the file uses the pickle instruction 0x%02x, which no state dictionary needs".formatted(opcode));
    }

    static UnsafePickleException call(String name) {
        return new UnsafePickleException("the file calls " + quote(name) + " in a way that no state dictionary needs");
    }
}
