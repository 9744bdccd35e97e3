package dev.darkroom.image;

import static dev.darkroom.image.OutputException.require;

import dev.darkroom.image.file.ImageFormat;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a format is to store its samples. What is empty is up to the encoder.
 *
 * @param quality     1 to 100, for JPEG and WebP, without meaning for the others; empty: 92, and a WebP that was lossless stays so
 * @param chroma      of a JPEG; empty: full resolution from quality 90, below that half of it both ways
 * @param progressive whether a JPEG goes over its picture several times, so that a part of the file shows all of it
 * @param compression of a PNG, 0 (none) to 9 (slowest)
 * @param lossless    whether the samples have to come back as they were: PNG and TIFF always do, WebP if that is asked for
 */
public record Coding(OptionalInt quality, Optional<Chroma> chroma, boolean progressive, OptionalInt compression, Optional<Boolean> lossless) {

    public static final int DEFAULT_QUALITY = 92;
    public static final Coding DEFAULT = new Coding(OptionalInt.empty(), Optional.empty(), false, OptionalInt.empty(), Optional.empty());
    /** From here on JPEG keeps colour at full resolution. */
    private static final int FULL_CHROMA_QUALITY = 90;

    /** @throws OutputException naming the parameter that is out of its range, or contradicts another */
    public Coding {
        quality.ifPresent(value -> require(value >= 1 && value <= 100, "quality must be from 1 to 100"));
        compression.ifPresent(value -> require(value >= 0 && value <= 9, "compression must be from 0 to 9"));
        require(!lossless.orElse(false) || quality.isEmpty(), "quality is of lossy answers; lossless=true asks for one that is not");
    }

    public static Coding of(int quality) {
        return DEFAULT.with(OptionalInt.of(quality));
    }

    /** The same at another quality. */
    public Coding with(OptionalInt otherQuality) {
        return new Coding(otherQuality, chroma, progressive, compression, lossless);
    }

    /** @throws OutputException naming the first parameter that means nothing to this format */
    public void requireFits(ImageFormat format) {
        requireOnly(chroma.isPresent(), "chroma", format, ImageFormat.JPEG);
        requireOnly(progressive, "progressive", format, ImageFormat.JPEG);
        requireOnly(compression.isPresent(), "compression", format, ImageFormat.PNG);
        require(!lossless.orElse(false) || format != ImageFormat.JPEG, "lossless=true is of WebP, PNG and TIFF, but the answer would be JPEG; add format=webp");
        require(lossless.orElse(true) || format == ImageFormat.JPEG || format == ImageFormat.WEBP,
                "lossless=false is of WebP and JPEG, but the answer would be %s, which always is".formatted(called(format)));
    }

    private static void requireOnly(boolean given, String parameter, ImageFormat format, ImageFormat only) {
        require(!given || format == only, "%s is of %s answers alone, but this one would be %s; add format=%s".formatted(parameter, called(only), called(format), only));
    }

    private static String called(ImageFormat format) {
        return format == ImageFormat.WEBP ? "WebP" : format.name();
    }

    int qualityOrDefault() {
        return quality.orElse(DEFAULT_QUALITY);
    }

    Chroma chromaOrDefault() {
        return chroma.orElse(qualityOrDefault() >= FULL_CHROMA_QUALITY ? Chroma.FULL : Chroma.HALF_BOTH);
    }

    /** @param was whether the file that came in was a lossless one of the same format */
    boolean isLossless(boolean was) {
        return lossless.orElse(was && quality.isEmpty());
    }

    /** What an encoder holds beside pixels and file: of a progressive JPEG all coefficients, two bytes each, until its last scan is written. */
    public long bytesHeld(long pixels, int channels) {
        return progressive ? 2 * pixels * channels : 0;
    }
}
