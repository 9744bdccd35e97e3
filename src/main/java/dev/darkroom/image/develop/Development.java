package dev.darkroom.image.develop;

import dev.darkroom.image.BayerPattern;
import dev.darkroom.image.Raster;
import dev.darkroom.image.file.DamagedImageException;
import dev.darkroom.image.file.Metadata;
import dev.darkroom.image.raw.Matrix;
import dev.darkroom.image.raw.RawFile;
import java.util.Optional;
import java.util.OptionalDouble;

/** How one raw file is developed, as far as that can be known before its samples are; for any thread. */
public final class Development {
    private final RawFile file;
    private final DevelopSettings settings;
    private final CameraTransform camera;
    private final NetworkTones tones;

    private Development(RawFile file, DevelopSettings settings, CameraTransform camera) {
        this.file = file;
        this.settings = settings;
        this.camera = camera;
        tones = NetworkTones.of(camera.factors());
    }

    /** @throws DamagedImageException if what the file says of its colours makes no sense */
    public static Development of(RawFile file, DevelopSettings settings) {
        return new Development(file, settings, CameraTransform.of(file.colours(), settings.balance()));
    }

    public RawFile file() {
        return file;
    }

    public DevelopSettings settings() {
        return settings;
    }

    /** Of the mosaic as it is stored; empty if somebody has demosaicked it. */
    public Optional<BayerPattern> pattern() {
        return file.pattern();
    }

    /** Whether the file has colours already, which no network is asked about. */
    public boolean isDemosaicked() {
        return file.pattern().isEmpty();
    }

    /** The noise that the camera says there is, on the 0..255 scale of what {@link #exposed} gives, at mid gray. */
    public OptionalDouble sigma255() {
        return file.noise().map(noise -> OptionalDouble.of(tones.sigma255(noise))).orElse(OptionalDouble.empty());
    }

    /** By which red, green and blue are multiplied; the smallest is 1. */
    public double[] factors() {
        return camera.factors().clone();
    }

    /** Of the light that becomes white, correlated, kelvin. */
    public double kelvin() {
        return camera.white().kelvin();
    }

    /** That is added, the camera's and what was asked for together, stops. */
    public double exposure() {
        return file.exposure() + settings.exposure();
    }

    /** What goes along with the finished photograph. */
    public Metadata metadata() {
        Metadata read = file.metadata();
        return new Metadata(Optional.of(icc()), read.resolution(), read.exif(), read.xmp(), read.photoshop());
    }

    private byte[] icc() {
        return settings.profile().icc(settings.tone());
    }

    /** The upright picture as a network can see it, balanced and in sRGB's tones, 16 bits: a mosaic, or colours; whoever calls closes it. */
    public Raster exposed() {
        Raster light = file.decode();
        try {
            Strips.each(light, light, new Exposure(tones, file)::expose);
            return light;
        } catch (Throwable e) {
            light.close();
            throw e;
        }
    }

    /**
     * Makes the photograph of colours in the tones of {@link #exposed}.
     *
     * @param colours 3 channels of 16 bits
     * @param to      of the same shape, or the same; taken over
     */
    public Raster develop(Raster colours, Raster to) {
        double stops = Math.pow(2, exposure());
        Matrix toOutput = Matrix.diagonal(stops, stops, stops).times(settings.profile().fromXyz()).times(camera.toXyz());
        Strips.each(colours, to, new Print(tones.toLight(), toOutput, settings.tone())::print);
        return to.inTonesOf(icc());
    }
}
