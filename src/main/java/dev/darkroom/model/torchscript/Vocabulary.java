package dev.darkroom.model.torchscript;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** The names that mean something to the engine. */
final class Vocabulary {
    /** Operators that code may use; those of {@code aten} without their namespace. */
    static final Set<String> ALLOWED = read("operators.txt");
    /** Everything the engine would understand as a method of a tensor, a list or a text. */
    static final Set<String> METHODS = read("methods.txt");
    /** What stands before a parenthesis without a dot: conversions, and hints to the compiler. */
    static final Set<String> FUNCTIONS = Set.of("annotate", "bool", "float", "getattr", "int", "isinstance", "len", "max", "min", "range",
            "unchecked_cast", "uninitialized");
    /** After these a parenthesis begins an expression. */
    static final Set<String> KEYWORDS = Set.of("and", "elif", "else", "if", "in", "is", "not", "or", "return", "while");
    /** Statements that serialized networks do not have. */
    static final Set<String> FOREIGN = Set.of("assert", "async", "await", "del", "except", "exec", "from", "global", "import", "lambda",
            "nonlocal", "raise", "try", "with", "yield");

    private Vocabulary() {}

    private static Set<String> read(String resource) {
        try (InputStream in = Vocabulary.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("#"))
                    .flatMap(line -> Arrays.stream(line.split("\\s+"))).collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
