package dev.darkroom.http;

/** Names of files that are sent back, made of those that came. */
public final class FileName {
    private static final int LONGEST = 64;

    private FileName() {}

    /** Without folders: some clients send their own path, and nobody needs to read that in an answer. */
    public static String base(String sent, String otherwise) {
        String name = sent == null ? "" : sent.substring(1 + Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')));
        return name.isBlank() ? otherwise : name;
    }

    /** Without folders and ending, and without what could break a header or a file system. */
    public static String stem(String sent) {
        String name = base(sent, "");
        int ending = name.lastIndexOf('.');
        String stem = (ending > 0 ? name.substring(0, ending) : name).replaceAll("[^A-Za-z0-9._-]+", "_");
        return stem.isEmpty() ? "picture" : stem.substring(0, Math.min(stem.length(), LONGEST));
    }
}
