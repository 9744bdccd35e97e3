package dev.darkroom.image.file;

import java.nio.ByteBuffer;
import java.util.function.IntFunction;

/** The file structure around an image's compressed pixels; stateless. */
public interface Container {

    boolean recognises(ByteReader file);

    /** Strict about everything that decides how pixels are decoded. */
    ImageHeader header(ByteReader file);

    /** Bytes of the file that are about the picture and not of it, as it stores them. */
    long metadataBytes(ByteReader file);

    /** Lenient: what is broken in here is left out, for the pixels are still good. */
    Metadata metadata(ByteReader file);

    /** What the file carries that is neither in its header nor in {@code metadata}, which was read from it. What is not known counts. */
    Ledger others(ByteReader file, Metadata metadata);

    /** What the format has room for. */
    default Metadata fitting(Metadata metadata) {
        return metadata;
    }

    /**
     * {@code encoded}, a file fresh from our own encoder, with {@code metadata} put in, of which all fits; written to {@code room}, which is
     * told how much.
     */
    ByteBuffer embed(ByteReader encoded, Metadata metadata, IntFunction<ByteBuffer> room);
}
