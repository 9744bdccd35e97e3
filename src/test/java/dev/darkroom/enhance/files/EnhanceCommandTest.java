package dev.darkroom.enhance.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.enhance.Mosaics;
import dev.darkroom.enhance.Scenes;
import dev.darkroom.enhance.SmallStore;
import dev.darkroom.image.Jdk;
import dev.darkroom.image.Photo;
import dev.darkroom.image.Pictures;
import dev.darkroom.image.Raster;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.raw.RawScenes;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The command line on files, with the checkpoint of the store in the tree. */
class EnhanceCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    private Path noisy;

    @BeforeEach
    void writeAPicture() throws IOException {
        noisy = write("noisy.photo.png", Scenes.smallPng());
    }

    @Test
    void enhancesTheGoodFilesAndNamesTheBrokenOnes() throws IOException {
        Path gray = write("gray", Scenes.file(Scenes.noisy(80, 60, 1, 25), ImageFormat.JPEG));
        Path broken = write("broken.png", "not a picture".getBytes());
        Path missing = folder.resolve("missing.png");

        assertThat(run(noisy, broken, missing, gray)).isEqualTo(1);
        assertThat(names(folder)).containsExactlyInAnyOrder("noisy.photo.png", "gray", "broken.png",
                "noisy.photo.enhanced.png", "gray.enhanced.jpg");
        assertThat(format("noisy.photo.enhanced.png")).isEqualTo(ImageFormat.PNG);
        assertThat(format("gray.enhanced.jpg")).isEqualTo(ImageFormat.JPEG);
        assertThat(err.toString()).contains("broken.png: the bytes are not", "missing.png: cannot be read: there is no such file");
        assertThat(out.toString()).contains("noisy.photo.png -> ", "denoise/baseline@");
    }

    @Test
    void writesIntoAFolderInTheFormatThatWasAskedFor() throws IOException {
        Path output = Files.createDirectory(folder.resolve("out"));
        assertThat(run("--format", "webp", "--sigma", "25", "--output", output, noisy)).isZero();
        assertThat(names(output)).containsExactly("noisy.photo.enhanced.webp");
        assertThat(out.toString()).contains("sigma 25.0");
    }

    @Test
    void writesOneInputToTheFileThatWasNamed() throws IOException {
        Path output = folder.resolve("result.png");
        assertThat(run("--strength", "0", "-o", output, noisy)).isZero();
        assertThat(Scenes.samples(Files.readAllBytes(output))).isEqualTo(Scenes.samples(Files.readAllBytes(noisy)));
    }

    @Test
    void enlargesAndDemosaicsWithTheStoreThatWasNamed() throws IOException {
        Path store = SmallStore.copy();
        Path mosaic = write("mosaic.tif", Scenes.file(Mosaics.mosaic(Mosaics.ramps(48, 33, 16), "gbrg"), ImageFormat.TIFF));

        assertThat(run("--store", store, "--precision", "float32", "--task", "super-resolve", "--scale", "2", noisy)).isZero();
        assertThat(run("--store", store, "--precision", "float32", "--task", "demosaic", "--pattern", "gbrg", "--sigma", "0", mosaic)).isZero();

        assertThat(Pictures.probe(Files.readAllBytes(folder.resolve("noisy.photo.enhanced.png"))).width()).isEqualTo(2 * 96);
        try (Raster expected = Mosaics.ramps(48, 33, 16); Photo colours = Pictures.decode(Files.readAllBytes(folder.resolve("mosaic.enhanced.png")))) {
            assertThat(Mosaics.difference(expected, colours.pixels(), 0, 0)).isZero();
        }
        assertThat(out.toString()).contains("super-resolve/baseline@2", "demosaic/baseline@1", "sigma 0.0");
    }

    @Test
    void writesInTheSizeAndCodingThatWereAskedFor() throws IOException {
        Path output = folder.resolve("small.jpg");
        assertThat(run("--sigma", "25", "--progressive", "--chroma", "420", "--width", "30", "--height", "10", "--fit", "cover", "-o", output, noisy)).isZero();
        byte[] file = Files.readAllBytes(output);
        assertThat(new String(file, StandardCharsets.ISO_8859_1)).contains("\u00ff\u00c2");
        assertThat(Pictures.probe(file).width()).isEqualTo(30);
        assertThat(Pictures.probe(file).height()).isEqualTo(10);
    }

    @Test
    void enlargesAnyNumberOfTimesAndTakesThePageThatIsWanted() throws IOException {
        Path store = SmallStore.copy();
        Path pages = write("pages.tif", Jdk.pages(new BufferedImage(20, 12, BufferedImage.TYPE_3BYTE_BGR), new BufferedImage(30, 18, BufferedImage.TYPE_3BYTE_BGR)));
        assertThat(run("--store", store, "--precision", "float32", "--task", "super-resolve", "--scale", "1.5", "--page", "2", "--format", "png", pages, noisy)).isEqualTo(1);
        assertThat(Pictures.probe(Files.readAllBytes(folder.resolve("pages.enhanced.png"))).width()).isEqualTo(45);
        assertThat(err.toString()).contains("noisy.photo.png: of images other than TIFFs only page 1 is read");
        assertThat(run("--frame", "3", pages)).isEqualTo(1);
        assertThat(err.toString()).contains("the TIFF has 2 pages, there is no page 3");
    }

    @Test
    void developsRawFilesAndSaysWhichTaskDoes() throws IOException {
        Path store = SmallStore.copy();
        Path raw = write("shot.dng", RawScenes.mosaic(48, 32, new int[3 * 48 * 32], 12, "rggb", 0.5, 1, 0.6).file());

        assertThat(run("--store", store, "--precision", "float32", "--task", "demosaic", "--wb", "6500", "--exposure", "0.5", "--sigma", "0", raw)).isZero();
        assertThat(Pictures.probe(Files.readAllBytes(folder.resolve("shot.enhanced.png"))).bitsPerSample()).isEqualTo(16);

        assertThat(run("--store", store, "--task", "dejpeg", raw)).isEqualTo(1);
        assertThat(err.toString()).contains("DNG", "demosaic develops it");
        assertThat(run("--store", store, "--task", "demosaic", "--wb", "sunny", raw)).isEqualTo(2);
        assertThat(err.toString()).contains("wb must be");
    }

    @Test
    void enhancesAFolderUnderTheSameNames() throws IOException {
        Path album = album();
        Path results = album.resolve("results");

        assertThat(run("--sigma", "25", "--output", results, album)).isZero();
        assertThat(names(results)).containsExactlyInAnyOrder("a.png", "b.jpg", "plain.jpg", "inner");
        assertThat(names(results.resolve("inner"))).containsExactly("c.png");

        assertThat(run("--sigma", "25", "--format", "webp", "--output", results, album)).as("results are no originals").isZero();
        assertThat(names(results)).containsExactlyInAnyOrder("a.png", "b.jpg", "plain.jpg", "inner", "a.png.webp", "b.jpg.webp", "plain.webp");
    }

    @Test
    void goesOnWhereItWasInterrupted() throws IOException {
        Path album = album();
        Path results = folder.resolve("results");
        Files.createDirectories(results.resolve("inner"));
        Files.writeString(results.resolve("b.jpg"), "done before");
        Files.writeString(results.resolve("inner/.c.png.part"), "half a pict");

        assertThat(run("--sigma", "25", "--skip-existing", "--output", results, album)).isZero();
        assertThat(results.resolve("b.jpg")).hasContent("done before");
        assertThat(names(results.resolve("inner"))).containsExactly("c.png");
        assertThat(Pictures.probe(Files.readAllBytes(results.resolve("inner/c.png"))).width()).isEqualTo(96);

        out.getBuffer().setLength(0);
        assertThat(run("--sigma", "25", "--skip-existing", "--output", results, album)).isZero();
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void shardsShareAFolderWithoutMissingOrRepeatingAnything() throws IOException {
        Path album = album();
        Path results = folder.resolve("results");
        for (int shard = 0; shard < 3; shard++) {
            assertThat(run("--sigma", "25", "--shard", shard + "/3", "--output", results, album)).isZero();
        }
        assertThat(out.toString().lines()).hasSize(4).doesNotHaveDuplicates();
        assertThat(names(results)).containsExactlyInAnyOrder("a.png", "b.jpg", "plain.jpg", "inner");
    }

    @Test
    void wantsAFolderForTheResultsOfAFolder() throws IOException {
        assertThat(run(album())).isEqualTo(2);
        assertThat(err.toString()).contains("--output");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--task=sharpen", "--format=gif", "--sigma=101", "--sigma=loud", "--strength=2", "--quality=0",
        "--model=@1", "--precision=int3", "--scale=2", "--pattern=rggb", "--chroma=411", "--compression=10", "--width=0", "--fit=cover", "--fit=wide", "--page=0",
        "--lossless --quality=9", "--progressive --format=png", "--shard=1", "--shard=2/2", "--shard=-1/2",
        "--shard=0/0", "--nonsense"})
    void explainsAnOptionThatIsNotAllowed(String option) throws IOException {
        assertThat(run(Stream.concat(Stream.of(option.split(" ")), Stream.of(noisy)).toArray())).isEqualTo(2);
        assertThat(err.toString()).isNotBlank();
        assertThat(names(folder)).containsExactly("noisy.photo.png");
    }

    @Test
    void wantsAtLeastOneFile() {
        assertThat(run()).isEqualTo(2);
    }

    @Test
    void doesNotStartTheEngineForFilesThatAreNone() throws IOException {
        Path store = folder.resolve("no-store");
        assertThat(run("--store", store, write("broken.png", "not a picture".getBytes()), folder.resolve("missing.png"))).isEqualTo(1);
        assertThat(err.toString().lines()).hasSize(2);
    }

    @Test
    void writesTheFormatThatTheOutputEndsLike() throws IOException {
        Path output = folder.resolve("result.webp");
        assertThat(run("--sigma", "25", "-o", output, noisy)).isZero();
        assertThat(format("result.webp")).isEqualTo(ImageFormat.WEBP);
    }

    @Test
    void refusesAnOutputWhoseEndingSaysNothingOrSomethingElse() {
        assertThat(run("-o", folder.resolve("result.xyz"), noisy)).isEqualTo(2);
        assertThat(run("-o", folder.resolve("result.png"), "--format", "webp", noisy)).isEqualTo(2);
        assertThat(run("--sigma", "25", "-o", folder.resolve("result.xyz"), "--format", "webp", noisy)).isZero();
    }

    @Test
    void doesNotTakeOneFileForTheFolderOfSeveralResults() throws IOException {
        Path other = write("other.png", Scenes.smallPng());
        assertThat(run("-o", folder.resolve("x.png"), noisy, other)).isEqualTo(2);
        assertThat(err.toString()).contains("several results need a folder");
        assertThat(names(folder)).containsExactlyInAnyOrder("noisy.photo.png", "other.png");
    }

    @Test
    void neverReplacesAnOriginalUnasked() throws IOException {
        byte[] before = Files.readAllBytes(noisy);
        Path link = Files.createSymbolicLink(folder.resolve("link.png"), noisy);
        Path album = album();

        assertThat(run("-o", noisy, noisy)).isEqualTo(2);
        assertThat(run("-o", link, noisy)).isEqualTo(2);
        assertThat(run("-o", album, album)).isEqualTo(2);
        assertThat(err.toString()).contains("would be overwritten by a result; --force allows that");
        assertThat(Files.readAllBytes(noisy)).isEqualTo(before);

        assertThat(run("--sigma", "25", "--force", "-o", link, noisy)).isZero();
        assertThat(Files.readAllBytes(noisy)).isNotEqualTo(before);
        assertThat(link).isSymbolicLink();
    }

    @Test
    void doesNotLetOneResultReplaceAnother() throws IOException {
        Path album = album();
        write("album/inner/a.png", Scenes.smallPng());
        assertThat(run("-o", folder.resolve("out"), album.resolve("a.png"), album.resolve("inner/a.png"))).isEqualTo(2);
        assertThat(err.toString()).contains("would have the same result");
    }

    @Test
    void enhancesAFolderIntoTheFolderThatHoldsIt() throws IOException {
        Path album = album();
        assertThat(run("--sigma", "25", "-o", folder, album)).isZero();
        assertThat(names(folder)).contains("a.png", "b.jpg", "plain.jpg", "inner");
    }

    @Test
    void leavesOutWhatIsNoPictureInAFolderButNotWhatIsCalledOne() throws IOException {
        Path album = album();
        write("album/notes.txt", "of 1999".getBytes());
        assertThat(run("--sigma", "25", "-o", folder.resolve("out"), album)).isZero();
        assertThat(err.toString()).contains("1 files that are no pictures left out");

        write("album/torn.jpg", "of 1999".getBytes());
        assertThat(run("--sigma", "25", "--no-clobber", "-o", folder.resolve("out"), album)).isEqualTo(1);
        assertThat(err.toString()).contains("torn.jpg: the bytes are not");
    }

    @Test
    void saysThatThereIsNothingToDo() throws IOException {
        assertThat(run("-o", folder.resolve("out"), Files.createDirectory(folder.resolve("empty")))).isEqualTo(1);
        assertThat(err.toString()).contains("there is no picture in");
    }

    @Test
    void writesToADeviceInsteadOfReplacingIt() throws IOException {
        assertThat(run("--sigma", "25", "-o", "/dev/null", noisy)).isZero();
        assertThat(Path.of("/dev/null")).matches(device -> !Files.isRegularFile(device));
    }

    @Test
    void saysNothingWhenAskedToAndOneLineOfJsonWhenAskedTo() throws IOException {
        assertThat(run("--sigma", "25", "--quiet", noisy)).isZero();
        assertThat(out.toString() + err).isEmpty();

        assertThat(run("--sigma", "25", "--json", noisy, folder.resolve("missing.png"))).isEqualTo(1);
        var lines = out.toString().lines().map(EnhanceCommandTest::json).toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0).get("error").asText()).contains("no such file");
        assertThat(lines.get(1).get("output").asText()).endsWith("noisy.photo.enhanced.png");
        assertThat(lines.get(1).get("milliseconds").get("infer").asLong()).isPositive();
    }

    private static JsonNode json(String line) {
        try {
            return new ObjectMapper().readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Four pictures, one in a folder within and one without an ending, and a hidden file. */
    private Path album() throws IOException {
        Path album = folder.resolve("album");
        Files.createDirectories(album.resolve("inner"));
        write("album/a.png", Scenes.smallPng());
        write("album/b.jpg", Scenes.file(Scenes.noisy(80, 60, 3, 25), ImageFormat.JPEG));
        write("album/plain", Scenes.file(Scenes.noisy(80, 60, 1, 25), ImageFormat.JPEG));
        write("album/inner/c.png", Scenes.smallPng());
        write("album/.DS_Store", new byte[] {1});
        return album;
    }

    private int run(Object... arguments) {
        return new CommandLine(new EnhanceCommand()).setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true))
                .execute(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private ImageFormat format(String name) throws IOException {
        return Pictures.probe(Files.readAllBytes(folder.resolve(name))).format();
    }

    private static Stream<String> names(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }
}
