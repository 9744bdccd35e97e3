package dev.darkroom.image.raw;

import dev.darkroom.image.BayerPattern;
import dev.darkroom.image.ImageLimits;
import dev.darkroom.image.Raster;
import dev.darkroom.image.file.ByteReader;
import dev.darkroom.image.file.Carried;
import dev.darkroom.image.file.DamagedImageException;
import dev.darkroom.image.container.ImageFile;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.ImageHeader;
import dev.darkroom.image.file.ImageTooLargeException;
import dev.darkroom.image.file.Ledger;
import dev.darkroom.image.file.Metadata;
import dev.darkroom.image.file.Orientation;
import dev.darkroom.image.file.TiffDirectory;
import dev.darkroom.image.file.UnsupportedImageException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A DNG: a photograph as a sensor saw it, and what the camera says of that. All but the samples has been read; they are when asked for.
 *
 * @param header   of the photograph, cropped: 1 channel of a mosaic, 3 of a picture that somebody has demosaicked
 * @param pattern  of the mosaic as stored; empty of a picture in colour
 * @param exposure in stops, that the camera wants to be added
 * @param noise    as the camera knows it
 * @param metadata beside the picture
 * @param carried  all that the file has which a picture made of it may lack
 */
public record RawFile(ImageHeader header, Optional<BayerPattern> pattern, CameraColours colours, double exposure, Optional<NoiseProfile> noise,
        Metadata metadata, Ledger carried, RawSamples samples, Levels levels) {
    /** Of the samples that {@link #decode} gives: no light. */
    public static final int BLACK = Levels.BLACK;
    /** Of the samples that {@link #decode} gives: as much light as the sensor counts. */
    public static final int WHITE = Levels.WHITE;
    private static final double MOST_STOPS = 10;
    private static final int BITS = 16;

    /**
     * Reads what a DNG says before its samples.
     *
     * @param bytes from position to limit; not to be changed while this is used
     * @throws UnsupportedImageException if they are no DNG, or one of a kind that is not read
     * @throws DamagedImageException     if they are cut short or contradict themselves
     */
    public static RawFile of(ByteBuffer bytes) {
        var file = ImageFile.of(bytes);
        if (!file.isDng()) {
            throw new UnsupportedImageException("this is no DNG");
        }
        var directories = Directories.of(TiffDirectory.first(new ByteReader(bytes)));
        boolean mosaic = directories.isMosaic();
        Layout layout = Layout.of(directories.photograph(), mosaic ? 1 : 3, isBefore11(directories));
        var areas = Areas.of(directories, layout.width(), layout.height());
        layout.samples(0).close(); // a lossy JPEG is refused before anything is admitted
        Optional<BayerPattern> pattern = mosaic ? Optional.of(Cfa.pattern(directories.photograph())
                .from(areas.picture().x() - areas.active().x(), areas.picture().y() - areas.active().y())) : Optional.empty();
        Metadata metadata = file.metadata().withoutIcc(); // a profile in here is the preview's
        return new RawFile(header(directories, areas, layout.planes()), pattern, CameraColours.of(directories), exposure(directories),
                NoiseProfile.of(directories), metadata, carried(directories, file, metadata), new RawSamples(layout, areas.picture()),
                Levels.of(directories, layout, areas.active()));
    }

    /**
     * The same of a file that is going to be decoded.
     *
     * @throws ImageTooLargeException if it exceeds the limits
     */
    public static RawFile of(ByteBuffer bytes, ImageLimits limits) {
        RawFile file = of(bytes);
        Layout layout = file.samples.layout();
        // What lies beside the crop is decoded too.
        var sensor = new ImageHeader(ImageFormat.TIFF, layout.width(), layout.height(), layout.planes(), false, BITS, file.header.orientation());
        limits.check(sensor);
        limits.checkExpansion(sensor, bytes.remaining());
        limits.checkMetadata(ImageFile.of(bytes).metadataBytes());
        return file;
    }

    private static boolean isBefore11(Directories directories) {
        return directories.first().bytes(DngTag.DNG_VERSION, 4).filter(version -> version.length == 4 && version[0] == 1 && version[1] == 0).isPresent();
    }

    private static ImageHeader header(Directories directories, Areas areas, int channels) {
        Orientation orientation = directories.first().orientation().or(directories.photograph()::orientation).orElse(Orientation.NONE);
        return new ImageHeader(ImageFormat.TIFF, areas.picture().width(), areas.picture().height(), channels, false, BITS, orientation);
    }

    private static double exposure(Directories directories) {
        double[] stops = directories.decimals(DngTag.BASELINE_EXPOSURE, 1);
        return stops.length == 1 && Math.abs(stops[0]) <= MOST_STOPS ? stops[0] : 0;
    }

    private static Ledger carried(Directories directories, ImageFile file, Metadata metadata) {
        var photograph = directories.photograph();
        boolean corrections = photograph.has(DngTag.CORRECTIONS_1) || photograph.has(DngTag.CORRECTIONS_2) || photograph.has(DngTag.CORRECTIONS_3);
        return file.ledgerOfDng(metadata).enter(corrections, Carried.CORRECTIONS, "opcodes");
    }

    /** Light in 16 bits from {@link #BLACK} to {@link #WHITE}, upright, in the camera's own colours; whoever calls closes it. */
    public Raster decode() {
        return samples.decode(levels::toLight).upright(header.orientation());
    }

    /** The samples as stored, neither upright nor made light. */
    Raster stored() {
        int planes = samples.layout().planes();
        return samples.decode((row, from, x, y, count, stored) -> stored.put(row, from, count * planes));
    }
}
