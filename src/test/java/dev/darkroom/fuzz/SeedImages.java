package dev.darkroom.fuzz;

import dev.darkroom.image.EncodeOptions;
import dev.darkroom.image.ImageEncoder;
import dev.darkroom.image.Jdk;
import dev.darkroom.image.Photo;
import dev.darkroom.image.Pictures;
import dev.darkroom.image.Raster;
import dev.darkroom.image.file.CameraFiles;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.Metadata;
import dev.darkroom.image.strange.RareFiles;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.Deflater;
import javax.imageio.IIOImage;

/** Sound files of every kind that is read, drawn by code, and files that are small but want to be large. */
final class SeedImages {
    private static final int AFTER_IHDR = 33;

    private SeedImages() {}

    static List<byte[]> sound() {
        var files = new ArrayList<byte[]>();
        for (ImageFormat format : ImageFormat.WRITTEN) {
            for (int bits : format.holds16Bit() ? new int[] {8, 16} : new int[] {8}) {
                for (int channels : new int[] {1, 3}) {
                    files.add(CameraFiles.camera(Pictures.photo(37, 29, channels, bits, format.holdsAlpha()), format, 6));
                    files.add(Pictures.encode(new Photo(Pictures.smooth(24, 16, channels, bits, 1), Optional.empty(), Metadata.NONE), format));
                }
            }
        }
        for (String format : new String[] {"bmp", "tiff", "png", "gif"}) {
            for (int type : new int[] {BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_BYTE_INDEXED, BufferedImage.TYPE_BYTE_BINARY, BufferedImage.TYPE_BYTE_GRAY}) {
                files.add(Jdk.file(new BufferedImage(20, 12, type), format));
            }
        }
        files.add(cmykJpeg());
        files.add(grayWithAlphaTiff());
        files.addAll(RareFiles.all());
        files.addAll(RareFiles.strange());
        return files;
    }

    /** Each has a header that is true, and more behind it than one would think. */
    static List<byte[]> bombs() {
        byte[] small = Pictures.encode(new Photo(Pictures.smooth(24, 16, 3, 8, 1), Optional.empty(), Metadata.NONE), ImageFormat.PNG);
        var files = new ArrayList<byte[]>();
        byte[] zeros = deflated(new byte[64 << 20]);
        files.add(Pictures.insert(small, AFTER_IHDR, Pictures.pngChunk("iCCP", join("bomb\0\0".getBytes(), zeros))));
        files.add(Pictures.insert(small, AFTER_IHDR, Pictures.pngChunk("iTXt", join("XML:com.adobe.xmp\0\1\0\0\0".getBytes(), zeros))));
        files.add(Pictures.insert(small, AFTER_IHDR, Pictures.pngChunk("zTXt", join("comment\0\0".getBytes(), zeros))));
        for (ImageFormat format : ImageFormat.WRITTEN) {
            try (Raster white = Raster.allocate(6000, 5000, 3, 8)) {
                files.add(new ImageEncoder().encode(new Photo(white, Optional.empty(), Metadata.NONE), new EncodeOptions(format, 1)).bytes());
            }
        }
        byte[] header = ByteBuffer.allocate(13).putInt(1 << 30).putInt(1 << 30).put(new byte[] {8, 2, 0, 0, 0}).array();
        files.add(Pictures.insert(Pictures.insert(new byte[0], 0, Arrays.copyOf(small, 8)), 8, Pictures.pngChunk("IHDR", header)));
        return files;
    }

    private static byte[] deflated(byte[] bytes) {
        var deflater = new Deflater(9);
        deflater.setInput(bytes);
        deflater.finish();
        byte[] out = new byte[1 << 20];
        int length = deflater.deflate(out);
        deflater.end();
        return Arrays.copyOf(out, length);
    }

    private static byte[] join(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
    }

    private static byte[] grayWithAlphaTiff() {
        var model = new ComponentColorModel(ColorSpace.getInstance(ColorSpace.CS_GRAY), true, false, Transparency.TRANSLUCENT, DataBuffer.TYPE_BYTE);
        return Jdk.file(new BufferedImage(model, model.createCompatibleWritableRaster(20, 12), false, null), "tiff");
    }

    private static byte[] cmykJpeg() {
        WritableRaster inks = java.awt.image.Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 24, 16, 4, null);
        return Jdk.file(new IIOImage(inks, null, null), "jpeg", parameters -> {});
    }
}
