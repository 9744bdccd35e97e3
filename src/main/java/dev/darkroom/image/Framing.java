package dev.darkroom.image;

import dev.darkroom.image.tile.Region;

/**
 * A part of a picture, and how large it becomes.
 *
 * @param size at most the part's
 */
public record Framing(Region part, Dimensions size) {

    public Framing {
        if (size.width() > part.width() || size.height() > part.height()) {
            throw new IllegalArgumentException("pictures are not enlarged by framing");
        }
    }

    /** All of a picture. */
    public static Framing whole(Dimensions picture, Dimensions size) {
        return new Framing(new Region(0, 0, picture.width(), picture.height()), size);
    }

    /** Whether it leaves a picture as it is. */
    public boolean keeps(Dimensions picture) {
        return size.equals(picture) && part.width() == picture.width() && part.height() == picture.height();
    }
}
