package dev.darkroom.image.container.graphic;

import dev.darkroom.image.container.colour.Chromaticities;
import dev.darkroom.image.container.colour.ColourCoding;
import dev.darkroom.image.container.colour.MatrixProfile;
import dev.darkroom.image.file.ByteReader;
import dev.darkroom.image.file.Metadata;
import java.util.Optional;

/** What a PNG says of its colours (third edition, 4.3): cICP before iCCP before sRGB before gAMA and cHRM. */
final class PngColour {
    private static final double HUNDRED_THOUSANDTHS = 100_000;
    private static final double SRGB_GAMMA = 0.45455;
    private static final double TOLERANCE = 0.01;

    private PngColour() {}

    /** As a profile; empty if it is sRGB, or nothing is said, or nothing that makes sense. */
    static Optional<byte[]> profile(PngChunks chunks, boolean gray) {
        var coding = coding(chunks);
        if (coding.isPresent()) {
            return coding.get().profile(gray);
        }
        Optional<byte[]> profile = Metadata.ifIntact(() -> chunks.first("iCCP").flatMap(PngColour::inflated));
        if (profile.isPresent() || chunks.has("sRGB")) {
            return profile;
        }
        return Metadata.ifIntact(() -> chunks.first("gAMA").or(() -> chunks.first("cHRM")).flatMap(any -> ofNumbers(chunks, gray)));
    }

    /** @throws UnsupportedImageException if the samples are not those of a picture of plain range */
    static void requireShowable(PngChunks chunks, boolean gray) {
        coding(chunks).ifPresent(coding -> coding.profile(gray));
    }

    private static Optional<ColourCoding> coding(PngChunks chunks) {
        return chunks.first("cICP").filter(cicp -> cicp.size() >= 4 && cicp.u8(2) == 0 && cicp.u8(3) == 1)
                .map(cicp -> new ColourCoding(cicp.u8(0), cicp.u8(1))).filter(ColourCoding::isSpecified);
    }

    private static Optional<byte[]> ofNumbers(PngChunks chunks, boolean gray) {
        double gamma = chunks.first("gAMA").map(chunk -> chunk.u32(0) / HUNDRED_THOUSANDTHS).orElse(SRGB_GAMMA);
        Chromaticities primaries = chunks.first("cHRM").map(PngColour::chromaticities).filter(Chromaticities::areSensible).orElse(Chromaticities.SRGB);
        boolean srgbTones = Math.abs(gamma - SRGB_GAMMA) < TOLERANCE;
        if (gamma < 0.05 || gamma > 10 || srgbTones && (gray || primaries.isSrgb())) {
            return Optional.empty();
        }
        return Optional.of(new MatrixProfile(primaries, MatrixProfile.gamma(1 / gamma)).bytes(gray));
    }

    private static Chromaticities chromaticities(ByteReader chunk) {
        double[] xy = new double[8];
        for (int i = 0; i < 8; i++) {
            xy[i] = chunk.u32(4L * i) / HUNDRED_THOUSANDTHS;
        }
        return new Chromaticities(xy[0], xy[1], xy[2], xy[3], xy[4], xy[5], xy[6], xy[7]);
    }

    /** An iCCP chunk's profile: a name that ends in zero, a zero for "deflate", then the compressed profile. */
    private static Optional<byte[]> inflated(ByteReader iccp) {
        int data = 0;
        while (iccp.u8(data) != 0) {
            data++;
        }
        return PngChunks.inflated(iccp.from(data + 2L), Metadata.MAX_ICC_BYTES);
    }
}
