package dev.darkroom.image.strange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_WEBP_QUALITY;

import dev.darkroom.image.Profiles;
import dev.darkroom.image.codec.OpenCv;
import dev.darkroom.image.container.ImageFile;
import dev.darkroom.image.file.DamagedImageException;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.Metadata;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;

final class StrangeWebps {
    private StrangeWebps() {}

    static List<Strange> files() {
        byte[] lossless = webp(101);
        byte[] lossy = webp(80);
        byte[] broken = lossless.clone();
        Arrays.fill(broken, 60, broken.length, (byte) 0xa5);
        return List.of(
                new Strange("webp-28-bytes.webp", HexFormat.of().parseHex("524946461400000057454250565038" + "4c080000002f63c01810888808"), outcome -> outcome.changed("")),
                new Strange("webp-gray-profile.webp", ImageFile.of(ByteBuffer.wrap(lossless))
                        .embedding(new Metadata(Optional.of(Profiles.gray()), Optional.empty()), ByteBuffer::allocate).array(), outcome -> outcome.changed("icc").profile(false)),
                new Strange("lossless.webp", lossless, StrangeWebps::staysLossless),
                new Strange("lossless-broken.webp", broken, outcome -> outcome.refused(DamagedImageException.class)),
                new Strange("lossy-cut-short.webp", shortened(lossy), outcome -> outcome.refused(DamagedImageException.class)));
    }

    private static void staysLossless(Strange.Outcome outcome) {
        int[] pixels = outcome.changed("").samples();
        assertThat(outcome.as(ImageFormat.WEBP).changed("").samples()).isEqualTo(pixels);
        outcome.as(ImageFormat.JPEG).changed("lossless");
    }

    private static byte[] webp(int quality) {
        try (var ramp = new Mat(Drawing.HEIGHT, Drawing.WIDTH, OpenCv.type(3, 8), new Scalar(0))) {
            byte[] rgb = Drawing.ramp();
            for (int i = 0; i < rgb.length; i += 3) {
                ramp.data().put(i, rgb[i + 2]).put(i + 1, rgb[i + 1]).put(i + 2, rgb[i]);
            }
            try (BytePointer file = OpenCv.encode(ramp, ImageFormat.WEBP, new int[] {IMWRITE_WEBP_QUALITY, quality})) {
                byte[] bytes = new byte[(int) file.limit()];
                file.get(bytes);
                return bytes;
            }
        }
    }

    /** Half of the picture, with lengths that fit. */
    private static byte[] shortened(byte[] webp) {
        int half = (webp.length - 20) / 2 & ~1;
        byte[] file = Arrays.copyOf(webp, 20 + half);
        ByteBuffer.wrap(file).order(java.nio.ByteOrder.LITTLE_ENDIAN).putInt(4, 12 + half).putInt(16, half);
        return file;
    }
}
