package dev.darkroom.image.codec;

import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import dev.darkroom.image.file.DamagedImageException;
import dev.darkroom.image.file.ImageHeader;
import dev.darkroom.image.file.Metadata;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import javax.imageio.ImageReader;
import org.bytedeco.opencv.opencv_core.Mat;

/** TIFFs of the kinds that OpenCV does not read, or reads wrongly, by TwelveMonkeys' decoder, which is Java but for JPEG. */
final class OtherTiffs {
    private static final int INKS = 4;
    /** Samples of a pixel, inks and alpha. */
    private static final int WIDEST = 5;
    private static final double UNSIGNED_INT = 0x1p32;

    private OtherTiffs() {}

    /** Gray or BGR, with alpha behind if the header says so; 16 bits if samples are longer than 8. */
    static Mat decode(ByteBuffer file, ImageHeader header, Metadata metadata) {
        int channels = header.channels() + (header.alpha() ? 1 : 0);
        Mat pixels = OpenCv.black(header.width(), header.height(), channels, header.bitsPerSample() > 8 ? 16 : 8);
        Optional<InkProfile> profile = metadata.icc().flatMap(InkProfile::of);
        try {
            Strips.each(reader(), file, header, WIDEST * Math.max(2, header.bitsPerSample() / 8) + INKS, (strip, colours, y) -> {
                if (header.cmyk()) {
                    CmykInks.putBgr(inks(strip), profile, pixels, y);
                } else if (colours instanceof IndexColorModel palette) {
                    putPalette(strip, palette, pixels, y);
                } else {
                    putSamples(strip, header, pixels, y);
                }
            });
            return pixels;
        } catch (Throwable e) {
            pixels.close();
            throw e;
        }
    }

    private static ImageReader reader() {
        return new TIFFImageReaderSpi().createReaderInstance(null);
    }

    private static byte[] inks(Raster strip) {
        require(strip.getNumBands() >= INKS);
        byte[] inks = new byte[strip.getWidth() * strip.getHeight() * INKS];
        int[] row = new int[strip.getWidth() * strip.getNumBands()];
        int shift = strip.getTransferType() == DataBuffer.TYPE_BYTE ? 0 : 8;
        for (int y = 0, at = 0; y < strip.getHeight(); y++) {
            strip.getPixels(strip.getMinX(), strip.getMinY() + y, strip.getWidth(), 1, row);
            for (int x = 0; x < strip.getWidth(); x++) {
                for (int ink = 0; ink < INKS; ink++) {
                    inks[at++] = (byte) (row[x * strip.getNumBands() + ink] >> shift);
                }
            }
        }
        return inks;
    }

    private static void putPalette(Raster strip, IndexColorModel palette, Mat pixels, int top) {
        for (int y = 0; y < strip.getHeight(); y++) {
            ByteBuffer row = row(pixels, top + y);
            for (int sample : strip.getSamples(strip.getMinX(), strip.getMinY() + y, strip.getWidth(), 1, 0, (int[]) null)) {
                int rgb = palette.getRGB(sample);
                for (int channel = 0; channel < pixels.channels(); channel++) {
                    row.put((byte) (rgb >> 8 * channel)); // gray has one, and all three are equal
                }
            }
        }
    }

    private static void putSamples(Raster strip, ImageHeader header, Mat pixels, int top) {
        int bands = strip.getNumBands();
        int channels = pixels.channels();
        require(bands >= channels);
        boolean deep = header.bitsPerSample() > 8;
        double white = white(strip, header);
        double scale = (deep ? 65535 : 255) / white;
        double[] values = new double[strip.getWidth() * bands];
        for (int y = 0; y < strip.getHeight(); y++) {
            ByteBuffer row = row(pixels, top + y);
            strip.getPixels(strip.getMinX(), strip.getMinY() + y, strip.getWidth(), 1, values);
            for (int x = 0; x < strip.getWidth(); x++) {
                for (int channel = 0; channel < channels; channel++) {
                    int band = channel < 3 && header.channels() == 3 ? 2 - channel : channel;
                    double unsigned = unsigned(values[x * bands + band], strip.getTransferType(), (int) Math.min(white, 65535));
                    long value = Math.round(Math.max(0, Math.min(deep ? 65535 : 255, unsigned * scale)));
                    if (deep) {
                        row.putShort((short) value);
                    } else {
                        row.put((byte) value);
                    }
                }
            }
        }
    }

    /** Java's ints are signed; where zero means white, samples of 12 bits have been turned as if they had 16. */
    private static double unsigned(double sample, int type, int mask) {
        return type == DataBuffer.TYPE_INT && sample < 0 ? sample + UNSIGNED_INT : type == DataBuffer.TYPE_USHORT ? (int) sample & mask : sample;
    }

    /** The largest value of a sample. */
    private static double white(Raster strip, ImageHeader header) {
        return switch (strip.getTransferType()) {
            case DataBuffer.TYPE_FLOAT, DataBuffer.TYPE_DOUBLE -> 1;
            case DataBuffer.TYPE_INT -> UNSIGNED_INT - 1;
            case DataBuffer.TYPE_USHORT -> (1 << Math.min(16, header.bitsPerSample())) - 1;
            default -> 255;
        };
    }

    private static ByteBuffer row(Mat pixels, int y) {
        return pixels.ptr(y).capacity(pixels.cols() * pixels.elemSize()).asByteBuffer().order(ByteOrder.nativeOrder());
    }

    private static void require(boolean enough) {
        if (!enough) {
            throw new DamagedImageException("the image is damaged and cannot be decoded");
        }
    }
}
