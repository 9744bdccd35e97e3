package dev.darkroom.model.torchscript;

/** A word of TorchScript. */
record Token(Kind kind, String text) {
    enum Kind { NAME, NUMBER, TEXT, SYMBOL, LINE_END }

    boolean is(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    boolean isName() {
        return kind == Kind.NAME;
    }

    /** Whether a parenthesis after it would call something that was computed. */
    boolean endsValue() {
        return kind == Kind.NUMBER || kind == Kind.TEXT || is(")") || is("]") || is("}");
    }
}
