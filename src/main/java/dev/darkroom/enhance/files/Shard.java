package dev.darkroom.enhance.files;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * One part of many of a folder. Which names are in it depends on nothing but themselves, so parts that start at different
 * times, or again, neither miss a picture nor do one twice, whatever has been added meanwhile.
 *
 * @param index 0 to count - 1, as an indexed job numbers its pods
 */
record Shard(int index, int count) {
    static final Shard ALL = new Shard(0, 1);
    private static final Pattern FORM = Pattern.compile("(\\d{1,6})/(\\d{1,6})");

    Shard {
        if (index < 0 || index >= count) {
            throw new IllegalArgumentException("INDEX/COUNT with an index of 0 to COUNT - 1");
        }
    }

    /** @throws IllegalArgumentException if {@code text} is not INDEX/COUNT with an index below the count */
    static Shard parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("INDEX/COUNT such as 0/8");
        }
        return new Shard(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)));
    }

    boolean has(String name) {
        var crc = new CRC32();
        crc.update(name.getBytes(StandardCharsets.UTF_8));
        return crc.getValue() % count == index;
    }
}
