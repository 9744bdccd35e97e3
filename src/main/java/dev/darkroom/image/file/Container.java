package dev.darkroom.image.file;

/** The file structure around an image's compressed pixels; stateless. */
sealed interface Container permits PngContainer, JpegContainer, WebpContainer, TiffContainer, BmpContainer {

    boolean recognises(ByteReader file);

    /** Strict about everything that decides how pixels are decoded. */
    ImageHeader header(ByteReader file);

    /** Bytes of the file that are about the picture and not of it, as it stores them. */
    long metadataBytes(ByteReader file);

    /** Lenient: what is broken in here is left out, for the pixels are still good. */
    Metadata metadata(ByteReader file);

    /** Whether the format has room for all of it. */
    default boolean holds(Metadata metadata) {
        return true;
    }

    /** {@code encoded}, a file fresh from our own encoder, with {@code metadata} put in. */
    byte[] embed(ByteReader encoded, Metadata metadata);
}
