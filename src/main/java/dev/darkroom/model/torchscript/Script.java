package dev.darkroom.model.torchscript;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The code of one archive, and whether all it does is calculate.
 *
 * <p>In serialized TorchScript ({@code torch/csrc/jit/serialization/import_source.cpp}) an operator is reached in one of these ways,
 * and no other is let through:
 *
 * <ul>
 *   <li>{@code torch.NAME} and {@code ops.NAMESPACE.NAME}: it must be allowed. Neither {@code torch} nor {@code ops} may stand alone,
 *       so they have no other name.
 *   <li>{@code NAME(...)}: one of a few functions of the language.
 *   <li>{@code value.NAME(...)}: an allowed operator, or a method that the archive defines. One named like an operator that is not
 *       allowed is refused, because the value might be a tensor.
 *   <li>{@code __torch__.PATH}: the archive's own; C++ classes, under {@code classes}, are not.
 * </ul>
 * What has been computed is never called, {@code getattr} takes only a plain name and text, and {@code torch.device}, by which a trace
 * remembers where it was made, only the name of a device that has memory.
 */
final class Script {
    private static final Predicate<String> DEVICE = Pattern.compile("cpu|cuda(:[0-9])?").asMatchPredicate();
    private static final Token NOTHING = new Token(Token.Kind.LINE_END, "");

    private final Set<String> defined = new HashSet<>();
    private final Set<String> called = new HashSet<>();
    private List<Token> tokens = new ArrayList<>();
    private int at;

    /**
     * Takes in one file of the archive.
     *
     * @throws ForbiddenScriptException naming what is not allowed
     */
    void read(String source) {
        tokens = Lexer.split(source);
        for (at = 0; at < tokens.size(); at++) {
            Token token = tokens.get(at);
            if (token.isName()) {
                name(token.text());
            } else if (token.is("(") && around(-1).endsValue()) {
                throw new ForbiddenScriptException("the code calls something that it has computed");
            }
        }
    }

    /**
     * After the last file.
     *
     * @throws ForbiddenScriptException naming the operator that is not allowed
     */
    void check() {
        for (String method : called) {
            if (!Vocabulary.ALLOWED.contains(method) && (!defined.contains(method) || Vocabulary.METHODS.contains(method))) {
                throw forbidden("aten", method);
            }
        }
    }

    private void name(String name) {
        if (around(-1).is(".")) {
            attribute(name);
        } else if (name.equals("torch")) {
            operator("aten", afterDot(1), 2);
        } else if (name.equals("ops")) {
            operator(afterDot(1), afterDot(3), 4);
        } else if (name.equals("__torch__")) {
            own();
        } else if (name.equals("def") || name.equals("class")) {
            definition();
        } else if (Vocabulary.FOREIGN.contains(name)) {
            throw new ForbiddenScriptException("the code has the statement " + name);
        } else if (around(1).is("(") && !Vocabulary.KEYWORDS.contains(name)) {
            function(name);
        }
    }

    private void attribute(String name) {
        requireNoForeignClass(name);
        if (around(1).is("(")) {
            called.add(name);
        }
    }

    private void operator(String namespace, String name, int length) {
        String known = namespace.equals("aten") ? name : namespace + "." + name;
        boolean allowed = known.equals("device") ? isDevice(length + 1) : Vocabulary.ALLOWED.contains(known);
        if (!allowed || around(length + 1).is(".")) {
            throw forbidden(namespace, name);
        }
        at += length;
    }

    /** A tensor on the device called meta would have no memory to read. */
    private boolean isDevice(int distance) {
        return around(distance).is("(") && around(distance + 1).kind() == Token.Kind.TEXT && DEVICE.test(around(distance + 1).text())
                && around(distance + 2).is(")");
    }

    private String afterDot(int distance) {
        if (!around(distance).is(".") || !around(distance + 1).isName()) {
            throw new ForbiddenScriptException("the code passes a whole namespace of operators on");
        }
        return around(distance + 1).text();
    }

    private void own() {
        while (around(1).is(".") && around(2).isName()) {
            at += 2;
            requireNoForeignClass(tokens.get(at).text());
        }
    }

    private static void requireNoForeignClass(String name) {
        if (name.equals("classes")) {
            throw new ForbiddenScriptException("the code uses classes that are not its own");
        }
    }

    private void definition() {
        if (around(1).isName()) {
            at++;
            defined.add(tokens.get(at).text());
        }
    }

    private void function(String name) {
        if (!Vocabulary.FUNCTIONS.contains(name)) {
            throw new ForbiddenScriptException("the code calls %s, which is not allowed".formatted(shortened(name)));
        }
        if (name.equals("getattr")) {
            boolean plain = around(2).isName() && !Set.of("torch", "ops", "__torch__").contains(around(2).text())
                    && around(3).is(",") && around(4).kind() == Token.Kind.TEXT && !around(4).text().contains("\\") && around(5).is(")");
            if (!plain) {
                throw new ForbiddenScriptException("the code looks up something by a name that is not plain");
            }
            requireNoForeignClass(around(4).text());
        }
    }

    private Token around(int distance) {
        int index = at + distance;
        return index >= 0 && index < tokens.size() ? tokens.get(index) : NOTHING;
    }

    private static ForbiddenScriptException forbidden(String namespace, String name) {
        return new ForbiddenScriptException("the code uses the operator %s::%s, which is not allowed".formatted(shortened(namespace), shortened(name)));
    }

    private static String shortened(String name) {
        return name.substring(0, Math.min(name.length(), 60));
    }
}
