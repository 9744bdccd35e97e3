package dev.darkroom.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.Photo;
import dev.darkroom.image.Pictures;
import dev.darkroom.image.container.ImageFile;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.Metadata;
import io.restassured.path.json.JsonPath;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** One picture in the colours of several profiles. */
class ProfilesTest {
    private static final int WIDTH = 64;
    private static final int HEIGHT = 48;

    @TempDir
    Path folder;

    @Test
    void knowsAPictureInOtherColours() throws IOException {
        byte[] srgb = colours();
        byte[] adobe = converted(srgb, dev.darkroom.image.Profiles.adobeRgb());
        Path one = file("srgb.png", srgb, Optional.empty());
        Path other = file("adobe.png", adobe, Optional.of(dev.darkroom.image.Profiles.adobeRgb()));

        assertThat(psnr("applied", one, other)).isGreaterThan(45);
        assertThat(psnr("ignored", one, other)).isLessThan(30);
    }

    @Test
    void tellsColoursApartThatHaveTheSameNumbers() throws IOException {
        Path one = file("srgb.png", colours(), Optional.of(dev.darkroom.image.Profiles.srgb()));
        Path other = file("p3.png", colours(), Optional.of(dev.darkroom.image.Profiles.displayP3()));

        assertThat(psnr("applied", one, other)).isBetween(15.0, 40.0);
        assertThat(psnr("ignored", one, other)).isInfinite();
    }

    @Test
    void takesTheSamplesOfAnSrgbFileAsTheyAre() throws IOException {
        Path plain = file("plain.png", colours(), Optional.empty());
        Path tagged = file("tagged.png", colours(), Optional.of(dev.darkroom.image.Profiles.srgb()));
        assertThat(psnr("applied", plain, tagged)).isInfinite();
    }

    private static double psnr(String profiles, Path reference, Path candidate) {
        var out = new StringWriter();
        int status = new CommandLine(new ScoreCommand()).setOut(new PrintWriter(out))
                .execute("--format=json", "--metrics=psnr", "--profiles=" + profiles, reference.toString(), candidate.toString());
        assertThat(status).isZero();
        JsonPath psnr = JsonPath.from(out.toString()).setRootPath("candidates[0].metrics.psnr");
        assertThat(psnr.getString("convention.profiles")).isEqualTo(profiles);
        return psnr.get("infinite") == null ? psnr.getDouble("value") : Double.POSITIVE_INFINITY;
    }

    /** Within every gamut. */
    private static byte[] colours() {
        byte[] rgb = new byte[WIDTH * HEIGHT * 3];
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            rgb[3 * i] = (byte) (60 + i % WIDTH * 2);
            rgb[3 * i + 1] = (byte) (90 + i / WIDTH * 2);
            rgb[3 * i + 2] = (byte) (100 + i % 17 * 3);
        }
        return rgb;
    }

    private static byte[] converted(byte[] srgb, byte[] profile) {
        var from = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, WIDTH, HEIGHT, 3, null);
        from.setDataElements(0, 0, WIDTH, HEIGHT, srgb);
        var to = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, WIDTH, HEIGHT, 3, null);
        new ColorConvertOp(new ICC_Profile[] {ICC_Profile.getInstance(ColorSpace.CS_sRGB), ICC_Profile.getInstance(profile)}, null).filter(from, to);
        return (byte[]) to.getDataElements(0, 0, WIDTH, HEIGHT, null);
    }

    private Path file(String name, byte[] rgb, Optional<byte[]> profile) throws IOException {
        var samples = ByteBuffer.allocateDirect(rgb.length).put(rgb).flip();
        // The samples are the file's own: written without a profile, to which the profile is put after that.
        byte[] plain = Pictures.encode(new Photo(Pictures.raster(WIDTH, HEIGHT, 3, 8, samples), Optional.empty(), Metadata.NONE), ImageFormat.PNG);
        byte[] file = ImageFile.of(ByteBuffer.wrap(plain)).embedding(new Metadata(profile, Optional.empty()), ByteBuffer::allocate).array();
        return Files.write(folder.resolve(name), file);
    }
}
