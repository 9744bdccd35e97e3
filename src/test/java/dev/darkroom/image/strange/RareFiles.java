package dev.darkroom.image.strange;

import java.util.List;
import java.util.stream.Stream;

/** Sound files of kinds that have decoders of their own, small ones, for whoever tampers with them. */
public final class RareFiles {

    private RareFiles() {}

    /** HEIC, AVIF, and TIFFs that OpenCV does not read. */
    public static List<byte[]> all() {
        return Stream.concat(heif().stream(), Stream.of(StrangeTiffs.rgb().big(), StrangeTiffs.planes())).toList();
    }

    private static List<byte[]> heif() {
        return Stream.concat(Stream.of("ramp-8.heic", "gray-8.heic", "ramp-10.heic", "rgba-8.heic", "ramp-8.avif", "rgba-8.avif").map(HeifDrawing::sample),
                Stream.of(HeifTest.grid())).toList();
    }

    /** What other programs write and this service has to read, name or refuse. */
    public static List<byte[]> strange() {
        return StrangeFilesTest.drawn().stream().map(Strange::file).filter(file -> file.length < 1 << 17).toList();
    }
}
