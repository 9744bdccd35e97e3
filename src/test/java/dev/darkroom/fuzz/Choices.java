package dev.darkroom.fuzz;

import java.util.Random;

/** Numbers that are read from bytes instead of drawn, so that a fuzzer which changes the bytes changes what is decided; zeros behind their end. */
final class Choices extends Random {
    private static final long serialVersionUID = 1;
    private final byte[] bytes;
    private int at;

    Choices(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    @Override
    protected int next(int bits) {
        int number = 0;
        for (int i = 0; i < 2; i++) { // two bytes decide all that is asked for here
            number = number << 8 | (bytes != null && at < bytes.length ? bytes[at++] & 0xff : 0);
        }
        return (number << 16 | number) >>> 32 - bits;
    }
}
