package dev.darkroom.estimate;

import dev.darkroom.estimate.colour.ColorHistogram;
import dev.darkroom.estimate.jpeg.JpegPast;
import dev.darkroom.estimate.noise.Noise;
import dev.darkroom.estimate.noise.NoiseLevels;
import dev.darkroom.estimate.picture.Picture;
import dev.darkroom.estimate.shake.Shake;
import dev.darkroom.image.file.JpegCoding;
import dev.darkroom.model.Manifest;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a network is told of a picture besides its pixels; the same for all tiles of the picture.
 *
 * @param values in the order of the manifest's names
 * @param noise  that was assumed; empty if the network does not ask
 * @param shake  whether one was seen; empty if the network does not ask
 * @param jpegQuality 1 to 100, of the JPEG file that the picture is or was; empty if it is none, or the network does not ask
 * @param jpegPsnrDb how much that file has lost, as it is estimated; empty if there is none, or all of the network's change is kept
 */
public record Condition(float[] values, Optional<Noise> noise, Optional<ShakeSeen> shake, OptionalInt jpegQuality, OptionalDouble jpegPsnrDb) {
    /** Nothing, where no network is asked. */
    public static final Condition NONE = new Condition(new float[0], Optional.empty(), Optional.empty(), OptionalInt.empty(), OptionalDouble.empty());
    /** 1 - quality / 100 of the JPEG file that a picture is or was, 0 for every other. */
    public static final String JPEG_DAMAGE = "jpeg/damage";
    /** As {@link JpegCoding#halved} of that file, 0 for every other. */
    public static final String JPEG_HALVED = "jpeg/halved";

    private static final Set<String> OF_NOISE = Set.of(Noise.SIGMA, NoiseLevels.LUMA, NoiseLevels.CHROMA);
    private static final Set<String> OF_FILE = Set.of(JPEG_DAMAGE, JPEG_HALVED);

    /**
     * What is known before a pixel is looked at.
     *
     * @param sigma255 white noise that the caller says there is
     * @param mosaic   whether neighbouring samples have different colours
     * @param jpeg     of the file that the picture is from
     * @param untouched whether the picture is still as its file has it; of any other the pixels say nothing of a file
     */
    public record Known(OptionalDouble sigma255, boolean mosaic, Optional<JpegCoding> jpeg, boolean untouched) {}

    /** Whether a network may ask for this. */
    public static boolean isKnown(String name) {
        return OF_NOISE.contains(name) || OF_FILE.contains(name) || name.equals(Shake.CONDITION) || ColorHistogram.SUMMARY.contains(name);
    }

    /** Whether it takes a look at the pixels for the JPEG file that they were. */
    public static boolean seeksFile(Manifest manifest) {
        return manifest.restraint() != null || manifest.condition().stream().anyMatch(OF_FILE::contains);
    }

    /** {@link #of(Manifest, Findings)} of a picture that one network asks about. */
    public static Condition of(Manifest manifest, Picture picture, Known known) {
        return of(manifest, new Findings(picture, known));
    }

    /** Finds out what a network asks for, and no more. */
    public static Condition of(Manifest manifest, Findings findings) {
        List<String> names = manifest.condition();
        FloatBuffer values = FloatBuffer.allocate(Manifest.columns(names));
        for (String name : names) {
            switch (name) {
                case Noise.SIGMA -> values.put((float) (findings.noise().sigma255() / 255));
                case NoiseLevels.LUMA -> values.put((float) (findings.noise().levels().luma() / 255));
                case NoiseLevels.CHROMA -> values.put((float) (findings.noise().levels().chroma() / 255));
                case JPEG_DAMAGE -> values.put(findings.jpeg().map(file -> 1 - file.coding().quality() / 100f).orElse(0f));
                case JPEG_HALVED -> values.put(findings.jpeg().map(file -> (float) file.coding().halved()).orElse(0f));
                case Shake.CONDITION -> values.put(findings.kernel());
                default -> values.put(findings.colours()[ColorHistogram.SUMMARY.indexOf(name)]);
            }
        }
        return new Condition(values.array(),
                names.stream().anyMatch(OF_NOISE::contains) ? Optional.of(findings.noise()) : Optional.empty(),
                names.contains(Shake.CONDITION) ? Optional.of(findings.shake()) : Optional.empty(),
                names.stream().anyMatch(OF_FILE::contains) ? jpegQuality(findings) : OptionalInt.empty(),
                jpegPsnrDb(manifest, findings));
    }

    private static OptionalInt jpegQuality(Findings findings) {
        return findings.jpeg().stream().mapToInt(file -> file.coding().quality()).findAny();
    }

    private static OptionalDouble jpegPsnrDb(Manifest manifest, Findings findings) {
        return manifest.restraint() == null ? OptionalDouble.empty() : findings.jpeg().stream().mapToDouble(JpegPast::psnrDb).findAny();
    }

    /** Whether there is nothing to undo: what the network made of the picture would be no better than the picture. */
    public boolean idle() {
        return shake.filter(seen -> seen == ShakeSeen.NONE).isPresent();
    }

    /** Whether no shake was found in a picture where noise would not have hidden it. */
    public static boolean isSharp(float[] kernel, Picture picture) {
        return Shake.isNone(kernel) && !Findings.hidesShakes(picture);
    }
}
