package dev.darkroom.image.codec;

import dev.darkroom.image.file.DamagedImageException;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.ImageHeader;
import java.awt.Rectangle;
import java.awt.Transparency;
import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.function.BiConsumer;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * The JDK's codecs for what OpenCV's lack: CMYK JPEGs by their profile, and gray with alpha. They need the Java heap, so pictures
 * are read in strips that fit into a part of it.
 */
public final class JdkCodecs {
    /** Of the heap, for one picture: two are decoded at a time on the smallest machine, and the rest must live. */
    private static final int SHARE_OF_HEAP = 8;
    private static final int INKS = 4;

    private JdkCodecs() {}

    /**
     * A JPEG of printing inks in sRGB: by its profile, or without one as if inks were perfect.
     *
     * @param ycck     whether the first three channels are coded as YCbCr
     * @param inverted whether 255 means no ink, as Adobe writes it
     */
    static Mat cmykJpeg(byte[] file, ImageHeader header, Optional<byte[]> icc, boolean ycck, boolean inverted) {
        Optional<ColorConvertOp> profile = icc.flatMap(JdkCodecs::toSrgb);
        Mat bgr = OpenCv.black(header.width(), header.height(), 3, 8);
        try {
            eachStrip(file, "jpeg", header, INKS, (strip, y) -> {
                byte[] inks = samples(strip);
                if (ycck) {
                    CmykInks.fromYcck(inks);
                }
                if (inverted) {
                    CmykInks.invert(inks);
                }
                byte[] rgb = profile.map(op -> converted(op, inks, strip.getWidth(), strip.getHeight())).orElseGet(() -> CmykInks.perfect(inks));
                putBgr(rgb, bgr, y, header.width());
            });
            return bgr;
        } catch (RuntimeException e) {
            bgr.close();
            throw e;
        }
    }

    /** A TIFF of gray and alpha as two channels of a picture, as stored. */
    static Mat grayWithAlphaTiff(byte[] file, ImageHeader header) {
        int bits = header.bitsPerSample();
        Mat both = new Mat(header.height(), header.width(), OpenCv.type(2, bits));
        try {
            eachStrip(file, "tiff", header, 2 * bits / 8, (strip, y) -> {
                ByteBuffer rows = both.ptr(y).capacity((long) strip.getHeight() * header.width() * 2 * bits / 8).asByteBuffer()
                        .order(ByteOrder.nativeOrder());
                for (int sample : strip.getPixels(0, 0, strip.getWidth(), strip.getHeight(), (int[]) null)) {
                    if (bits == 8) {
                        rows.put((byte) sample);
                    } else {
                        rows.putShort((short) sample);
                    }
                }
            });
            return both;
        } catch (RuntimeException e) {
            both.close();
            throw e;
        }
    }

    /** Whether the heap has room to write a picture of gray and alpha. */
    public static boolean canWriteGrayWithAlpha(Mat gray) {
        return gray.total() * 2 * gray.elemSize() <= Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
    }

    /** Gray and alpha as PNG or TIFF. */
    public static byte[] grayWithAlpha(Mat gray, Mat alpha, ImageFormat format) {
        int type = gray.elemSize() == 1 ? DataBuffer.TYPE_BYTE : DataBuffer.TYPE_USHORT;
        var model = new ComponentColorModel(ColorSpace.getInstance(ColorSpace.CS_GRAY), true, false, Transparency.TRANSLUCENT, type);
        WritableRaster raster = model.createCompatibleWritableRaster(gray.cols(), gray.rows());
        for (int y = 0; y < gray.rows(); y++) {
            raster.setSamples(0, y, gray.cols(), 1, 0, row(gray, y));
            raster.setSamples(0, y, gray.cols(), 1, 1, row(alpha, y));
        }
        var image = new BufferedImage(model, raster, false, null);
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format.name()).next();
        var bytes = new ByteArrayOutputStream();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            if (format == ImageFormat.TIFF) {
                parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                parameters.setCompressionType("ZLib");
            }
            writer.write(null, new IIOImage(image, null, null), parameters);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static int[] row(Mat mat, int y) {
        int[] samples = new int[mat.cols()];
        ByteBuffer bytes = mat.ptr(y).capacity(mat.cols() * mat.elemSize()).asByteBuffer().order(ByteOrder.nativeOrder());
        for (int x = 0; x < samples.length; x++) {
            samples[x] = mat.elemSize() == 1 ? Byte.toUnsignedInt(bytes.get()) : Short.toUnsignedInt(bytes.getShort());
        }
        return samples;
    }

    private static void eachStrip(byte[] file, String format, ImageHeader header, int bytesPerPixel, BiConsumer<Raster, Integer> use) {
        long room = Math.max(1, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP / Integer.BYTES);
        int rows = (int) Math.max(1, Math.min(header.height(), room / ((long) header.width() * bytesPerPixel)));
        ImageReader reader = ImageIO.getImageReadersByFormatName(format).next();
        try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            for (int y = 0; y < header.height(); y += rows) {
                in.seek(0);
                reader.setInput(in, false, true);
                ImageReadParam part = reader.getDefaultReadParam();
                part.setSourceRegion(new Rectangle(0, y, header.width(), Math.min(rows, header.height() - y)));
                use.accept(reader.canReadRaster() ? reader.readRaster(0, part) : reader.read(0, part).getRaster(), y);
            }
        } catch (IOException | RuntimeException e) {
            // The JDK's readers run into whatever a damaged file leads them to, division by zero included.
            throw new DamagedImageException("the image is damaged and cannot be decoded", e);
        } finally {
            reader.dispose();
        }
    }

    private static byte[] samples(Raster strip) {
        return (byte[]) strip.getDataElements(strip.getMinX(), strip.getMinY(), strip.getWidth(), strip.getHeight(), null);
    }

    private static Optional<ColorConvertOp> toSrgb(byte[] icc) {
        try {
            ICC_Profile profile = ICC_Profile.getInstance(icc);
            return profile.getColorSpaceType() == ColorSpace.TYPE_CMYK
                    ? Optional.of(new ColorConvertOp(new ICC_Profile[] {profile, ICC_Profile.getInstance(ColorSpace.CS_sRGB)}, null))
                    : Optional.empty();
        } catch (IllegalArgumentException | CMMException damagedProfile) {
            return Optional.empty();
        }
    }

    private static byte[] converted(ColorConvertOp op, byte[] inks, int width, int height) {
        WritableRaster from = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, height, INKS, null);
        from.setDataElements(0, 0, width, height, inks);
        WritableRaster rgb = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, height, 3, null);
        try {
            op.filter(from, rgb);
        } catch (IllegalArgumentException | CMMException damagedProfile) {
            return CmykInks.perfect(inks);
        }
        return (byte[]) rgb.getDataElements(0, 0, width, height, null);
    }

    private static void putBgr(byte[] rgb, Mat bgr, int y, int width) {
        for (int i = 0; i < rgb.length; i += 3) {
            byte red = rgb[i];
            rgb[i] = rgb[i + 2];
            rgb[i + 2] = red;
        }
        bgr.ptr(y).capacity(rgb.length).asByteBuffer().put(rgb);
    }
}
