package dev.darkroom.enhance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.image.Coding;
import dev.darkroom.image.EncodedImage;
import dev.darkroom.image.Photo;
import dev.darkroom.image.Pictures;
import dev.darkroom.image.Profiles;
import dev.darkroom.image.Raster;
import dev.darkroom.image.file.CameraExif;
import dev.darkroom.image.file.CameraFiles;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.Metadata;
import dev.darkroom.image.file.MetadataPolicy;
import dev.darkroom.image.file.Orientation;
import dev.darkroom.image.file.Resolution;
import dev.darkroom.inference.checkpoint.InferenceSettings;
import dev.darkroom.model.ModelRequest;
import dev.darkroom.model.Precision;
import dev.darkroom.model.Task;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a photograph is after it has been decoded, restored by a real network and encoded again. */
class FidelityTest {
    private static final int WIDTH = 67;
    private static final int HEIGHT = 45;
    /** Lossy codecs round, and tiles of a network do not see a compressed edge as the eye does. */
    private static final int LOSSY = 14;

    private static Pipeline pipeline;

    /** One cell of the matrix. */
    record Cell(ImageFormat format, int bits, boolean colour, int orientation, boolean alpha) {
        boolean lossless() {
            return format == ImageFormat.PNG || format == ImageFormat.TIFF;
        }

        Photo photo() {
            return photo(colour ? Profiles.srgb() : Profiles.gray());
        }

        Photo photo(byte[] profile) {
            var metadata = new Metadata(Optional.of(profile), Optional.of(new Resolution(300, 240)));
            return new Photo(Pictures.smooth(WIDTH, HEIGHT, colour ? 3 : 1, bits, 1),
                    alpha ? Optional.of(Pictures.smooth(WIDTH, HEIGHT, 1, bits, 2)) : Optional.empty(), metadata);
        }
    }

    /** Everything that the formats hold. */
    static Stream<Cell> matrix() {
        var cells = new ArrayList<Cell>();
        for (ImageFormat format : ImageFormat.WRITTEN) {
            for (int bits : format.holds16Bit() ? new int[] {8, 16} : new int[] {8}) {
                for (boolean colour : format.holdsGray() ? new boolean[] {false, true} : new boolean[] {true}) {
                    for (boolean alpha : format.holdsAlpha() ? new boolean[] {false, true} : new boolean[] {false}) {
                        IntStream.rangeClosed(1, 8).forEach(orientation -> cells.add(new Cell(format, bits, colour, orientation, alpha)));
                    }
                }
            }
        }
        return cells.stream();
    }

    @BeforeAll
    static void load() {
        var inference = new InferenceSettings("cpu", Optional.of(Precision.FLOAT32), 1, 1, 200_000, Duration.ofMillis(250), Duration.ZERO);
        pipeline = Pipeline.open(SmallStore.copy(), inference, EnhanceSettings.defaults(), Instruments.none());
        pipeline.store().reload();
    }

    @AfterAll
    static void close() {
        pipeline.close();
    }

    @ParameterizedTest
    @MethodSource("matrix")
    void keepsAllThatAPhotographIs(Cell cell) {
        EncodedImage answer = enhance(CameraFiles.camera(cell.photo(), cell.format(), cell.orientation()), Task.DEJPEG, 0, cell.format());

        assertThat(answer.changed()).isEmpty();
        assertThat(Pictures.probe(answer.bytes()).orientation()).isEqualTo(Orientation.NONE);
        CameraExif.assertKept(answer.bytes());
        try (Photo read = Pictures.decode(answer.bytes()); Photo photo = cell.photo()) {
            assertThat(read.metadata().icc()).hasValue(photo.metadata().icc().orElseThrow());
            assertThat(read.metadata().resolution().orElseThrow().xDpi()).isCloseTo(300, within(0.02));
            assertThat(read.pixels().channels()).isEqualTo(cell.colour() ? 3 : 1);
            assertThat(read.pixels().bits()).isEqualTo(cell.bits());
            assertSame(upright(photo.pixels(), cell.orientation()), read.pixels(), cell.lossless() ? 0 : LOSSY);
            assertThat(read.alpha().isPresent()).isEqualTo(cell.alpha());
            if (cell.alpha()) {
                assertSame(upright(photo.alpha().orElseThrow(), cell.orientation()), read.alpha().orElseThrow(), 0);
            }
        }
    }

    /** What is asked of a format that does not hold it. */
    static Stream<Cell> everything() {
        return matrix().filter(cell -> cell.format() == ImageFormat.PNG && cell.orientation() == 6);
    }

    @ParameterizedTest
    @MethodSource("everything")
    void namesWhatTheFormatCannotHold(Cell cell) {
        byte[] file = CameraFiles.camera(cell.photo(), cell.format(), cell.orientation());
        for (ImageFormat format : ImageFormat.WRITTEN) {
            Set<String> lost = new TreeSet<>();
            if (cell.bits() == 16 && !format.holds16Bit()) {
                lost.add("bit-depth");
            }
            if (cell.alpha() && !format.holdsAlpha()) {
                lost.add("alpha");
            }
            if (format == ImageFormat.JPEG || format == ImageFormat.WEBP) {
                lost.add("lossless");
            }
            if (!cell.colour() && !format.holdsGray()) {
                lost.addAll(List.of("grayscale", "icc"));
            }
            assertThat(enhance(file, Task.DEJPEG, 0, format).changed()).isEqualTo(lost);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Task.class, names = {"DEBLUR", "DEJPEG", "DEHAZE", "SUPER_RESOLVE"})
    void keepsAllButThePixelsThroughEachTask(Task task) {
        everything().filter(cell -> cell.colour() || task != Task.DEHAZE).forEach(cell -> {
            EncodedImage answer = enhance(CameraFiles.camera(cell.photo(), cell.format(), cell.orientation()), task, 1, cell.format());
            assertThat(answer.changed()).isEmpty();
            CameraExif.assertKept(answer.bytes());
            var header = Pictures.probe(answer.bytes());
            int scale = task == Task.SUPER_RESOLVE ? 4 : 1;
            assertThat(header.width()).isEqualTo(scale * HEIGHT);
            assertThat(header.height()).isEqualTo(scale * WIDTH);
            assertThat(header.channels()).isEqualTo(cell.colour() ? 3 : 1);
            assertThat(header.bitsPerSample()).isEqualTo(cell.bits());
            assertThat(header.alpha()).isEqualTo(cell.alpha());
        });
    }

    @ParameterizedTest
    @EnumSource(value = ImageFormat.class, names = {"PNG", "JPEG", "WEBP", "TIFF"})
    void givesMetadataByPolicy(ImageFormat format) {
        byte[] file = CameraFiles.camera(new Cell(format, 8, true, 6, false).photo(), format, 6);
        CameraExif.assertKept(enhance(file, MetadataPolicy.KEEP));
        CameraExif.assertStripped(enhance(file, MetadataPolicy.STRIP));
        CameraExif.assertCopyrightOnly(enhance(file, MetadataPolicy.COPYRIGHT));
        for (MetadataPolicy policy : MetadataPolicy.values()) {
            try (Photo read = Pictures.decode(enhance(file, policy))) {
                assertThat(read.metadata().icc()).hasValue(Profiles.srgb());
                assertThat(read.metadata().resolution()).isPresent();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"displayP3, 8", "displayP3, 16", "adobeRgb, 8", "adobeRgb, 16", "proPhoto, 8", "proPhoto, 16", "grayOfGamma, 8", "grayOfGamma, 16"})
    void restoresInSrgbsTonesAndGivesBackTheProfiles(String name, int bits) {
        boolean colour = !name.equals("grayOfGamma");
        byte[] profile = switch (name) {
            case "displayP3" -> Profiles.displayP3();
            case "adobeRgb" -> Profiles.adobeRgb();
            case "proPhoto" -> Profiles.proPhoto();
            default -> Profiles.grayOfGamma(1.8);
        };
        var cell = new Cell(ImageFormat.PNG, bits, colour, 1, false);
        EncodedImage answer = enhance(CameraFiles.camera(cell.photo(profile), ImageFormat.PNG, 1), Task.DEJPEG, 0, ImageFormat.PNG);
        assertThat(answer.changed()).isEmpty();
        try (Photo read = Pictures.decode(answer.bytes()); Photo photo = cell.photo(profile)) {
            assertThat(read.metadata().icc()).hasValue(profile);
            // Samples are compared as the file holds them; 16 bits are rounded once on the way to sRGB's tones and once back.
            assertSame(Pictures.stored(photo.pixels()), Pictures.stored(read.pixels()), bits == 8 || name.equals("displayP3") ? 0 : 4);
        }
    }

    @Test
    void doesNotLetHiddenColoursBleedIntoVisibleOnes() {
        var samples = Pictures.buffer(3L * WIDTH * HEIGHT);
        var opacity = Pictures.buffer((long) WIDTH * HEIGHT);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            boolean visible = i % WIDTH < 30;
            samples.put(visible ? new byte[] {(byte) 200, 100, 50} : new byte[] {0, (byte) 255, 0});
            opacity.put((byte) (visible ? 255 : 0));
        }
        var photo = new Photo(Pictures.raster(WIDTH, HEIGHT, 3, 8, samples.flip()),
                Optional.of(Pictures.raster(WIDTH, HEIGHT, 1, 8, opacity.flip())), Metadata.NONE);
        EncodedImage answer = enhance(Pictures.encode(photo, ImageFormat.PNG), Task.DEBLUR, 1, ImageFormat.PNG);
        int[] sharpened = Scenes.samples(answer.bytes());
        int middle = HEIGHT / 2 * WIDTH;
        for (int x = 10; x < 30; x++) {
            assertThat(Arrays.copyOfRange(sharpened, 3 * (middle + x), 3 * (middle + x) + 3)).containsExactly(200, 100, 50);
        }
    }

    private static byte[] enhance(byte[] file, MetadataPolicy policy) {
        return enhance(file, request(Task.DEJPEG, 0, Optional.empty(), policy)).bytes();
    }

    private static EncodedImage enhance(byte[] file, Task task, double strength, ImageFormat format) {
        return enhance(file, request(task, strength, Optional.of(format), MetadataPolicy.KEEP));
    }

    private static EnhanceRequest request(Task task, double strength, Optional<ImageFormat> format, MetadataPolicy policy) {
        var step = new StepRequest(task, new ModelRequest.Default(), OptionalDouble.empty(), OptionalDouble.empty(), Optional.empty(), strength);
        return new EnhanceRequest(step, new AnswerRequest(format.map(List::of).orElse(List.of()), Coding.DEFAULT, Optional.empty(), policy));
    }

    private static EncodedImage enhance(byte[] file, EnhanceRequest request) {
        return pipeline.enhancer().enhance(ByteBuffer.wrap(file), request).result().toCompletableFuture().join().image();
    }

    /** What the eight values of EXIF's orientation mean (CIPA DC-008), pixel by pixel. */
    private static int[] upright(Raster raster, int orientation) {
        int[] stored = Pictures.samples(raster);
        int channels = raster.channels();
        int width = raster.width();
        int height = raster.height();
        boolean swaps = orientation >= 5;
        int[] upright = new int[stored.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int mirroredX = width - 1 - x;
                int mirroredY = height - 1 - y;
                int toX = switch (orientation) {
                    case 1, 4 -> x;
                    case 2, 3 -> mirroredX;
                    case 5, 8 -> y;
                    default -> mirroredY;
                };
                int toY = switch (orientation) {
                    case 1, 2 -> y;
                    case 3, 4 -> mirroredY;
                    case 5, 6 -> x;
                    default -> mirroredX;
                };
                int to = toY * (swaps ? height : width) + toX;
                System.arraycopy(stored, (y * width + x) * channels, upright, to * channels, channels);
            }
        }
        return upright;
    }

    private static void assertSame(int[] expected, Raster actual, int tolerance) {
        assertSame(expected, Pictures.samples(actual), tolerance);
    }

    private static void assertSame(int[] expected, int[] actual, int tolerance) {
        assertThat(actual).hasSameSizeAs(expected);
        int largest = IntStream.range(0, expected.length).map(i -> Math.abs(expected[i] - actual[i])).max().orElseThrow();
        assertThat(largest).isLessThanOrEqualTo(tolerance);
    }
}
