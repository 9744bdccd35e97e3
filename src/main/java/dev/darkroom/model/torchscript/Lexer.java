package dev.darkroom.model.torchscript;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits serialized TorchScript into words, as {@code torch/csrc/jit/frontend/lexer.h} would.
 *
 * <p>What the exporter never writes (comments, which may be types, triple quotes, line continuations, decorators, other characters
 * than ASCII) is refused, so that there is no text which both would split, but differently.
 */
final class Lexer {
    private static final String SYMBOLS = "()[]{}.,:=+-*/%<>!&|~";
    private static final String OPENING = "([{";
    private static final String CLOSING = ")]}";

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int depth;

    private Lexer(String source) {
        this.source = source;
    }

    /** @throws ForbiddenScriptException at the first character that serialized networks do not have */
    static List<Token> split(String source) {
        var lexer = new Lexer(source);
        while (lexer.at < source.length()) {
            lexer.next();
        }
        if (lexer.depth != 0) {
            throw new ForbiddenScriptException("the code has a parenthesis without end");
        }
        lexer.add(Token.Kind.LINE_END, "");
        return lexer.tokens;
    }

    private void next() {
        char c = source.charAt(at);
        if (c == '\n' || c == '\r') {
            at++;
            if (depth == 0) {
                add(Token.Kind.LINE_END, "");
            }
        } else if (c == ' ' || c == '\t') {
            at++;
        } else if (isLetter(c)) {
            add(Token.Kind.NAME, skip(Lexer::isLetterOrDigit));
        } else if (isDigit(c)) {
            number();
        } else if (c == '"' || c == '\'') {
            text(c);
        } else {
            symbol(c);
        }
    }

    private void number() {
        int begin = at;
        skip(Lexer::isDigit);
        if (peek() == '.') {
            at++;
            skip(Lexer::isDigit);
        }
        if ((peek() == 'e' || peek() == 'E') && (isDigit(charAt(at + 1)) || isDigit(charAt(at + 2)) && "+-".indexOf(charAt(at + 1)) >= 0)) {
            at += 2;
            skip(Lexer::isDigit);
        }
        if (isLetter(peek()) || peek() == '.') {
            throw new ForbiddenScriptException("the code has a number that runs into a name");
        }
        add(Token.Kind.NUMBER, source.substring(begin, at));
    }

    private void text(char quote) {
        int begin = ++at;
        while (charAt(at) != quote) {
            if (at >= source.length() || charAt(at) == '\n') {
                throw new ForbiddenScriptException("the code has a text without end");
            }
            at += charAt(at) == '\\' ? 2 : 1;
        }
        add(Token.Kind.TEXT, source.substring(begin, at));
        at++;
        if (peek() == quote) {
            throw new ForbiddenScriptException("the code has a text in triple quotes");
        }
    }

    private void symbol(char c) {
        if (SYMBOLS.indexOf(c) < 0) {
            throw new ForbiddenScriptException("the code has the character U+%04X, which networks do not".formatted((int) c));
        }
        depth += OPENING.indexOf(c) >= 0 ? 1 : CLOSING.indexOf(c) >= 0 ? -1 : 0;
        if (depth < 0) {
            throw new ForbiddenScriptException("the code has a parenthesis without beginning");
        }
        at++;
        add(Token.Kind.SYMBOL, String.valueOf(c));
    }

    private void add(Token.Kind kind, String text) {
        tokens.add(new Token(kind, text));
    }

    private interface Characters {
        boolean include(char c);
    }

    private String skip(Characters characters) {
        int begin = at;
        while (at < source.length() && characters.include(source.charAt(at))) {
            at++;
        }
        return source.substring(begin, at);
    }

    private char peek() {
        return charAt(at);
    }

    /** NUL, which is nowhere allowed, beyond the end. */
    private char charAt(int index) {
        return index < source.length() ? source.charAt(index) : 0;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }

    private static boolean isLetterOrDigit(char c) {
        return isLetter(c) || isDigit(c);
    }
}
