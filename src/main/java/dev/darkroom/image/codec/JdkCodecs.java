package dev.darkroom.image.codec;

import dev.darkroom.image.file.DamagedImageException;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.ImageHeader;
import java.awt.Rectangle;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.IIOImage;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.bytedeco.opencv.opencv_core.Mat;

/** The JDK's codecs for what OpenCV's lack: CMYK JPEGs, GIFs, and writing gray with alpha. */
public final class JdkCodecs {
    /** In the heap: four inks as they are read and in a copy, and RGB made of them twice. */
    private static final int BYTES_OF_INKS = 14;
    /** Side of the picture that a file is reduced to when only its being whole is asked for. */
    private static final int SMALL = 64;

    private JdkCodecs() {}

    /**
     * A JPEG of printing inks in sRGB: by its profile, or without one as if inks were perfect.
     *
     * @param ycck whether the first three channels are coded as YCbCr
     * @throws DamagedImageException if a part of the picture is missing
     */
    static Mat cmykJpeg(ByteBuffer file, ImageHeader header, Optional<byte[]> icc, boolean ycck) {
        Optional<InkProfile> profile = icc.flatMap(InkProfile::of);
        Mat bgr = OpenCv.black(header.width(), header.height(), 3, 8);
        var missing = new AtomicBoolean();
        try {
            Strips.each(listening(Strips.reader("jpeg"), missing), file, header, BYTES_OF_INKS, (strip, colours, y) -> {
                byte[] inks = (byte[]) strip.getDataElements(strip.getMinX(), strip.getMinY(), strip.getWidth(), strip.getHeight(), null);
                if (ycck) {
                    CmykInks.fromYcck(inks);
                }
                CmykInks.invert(inks);
                CmykInks.putBgr(inks, profile, bgr, y);
            });
            requireWhole(missing);
            return bgr;
        } catch (Throwable e) {
            bgr.close();
            throw e;
        }
    }

    /** @throws DamagedImageException if a part of the picture is missing */
    static void requireWholeJpeg(ByteBuffer file) {
        var missing = new AtomicBoolean();
        ImageReader reader = listening(Strips.reader("jpeg"), missing);
        try (var in = new BufferImageInputStream(file)) {
            reader.setInput(in, false, true);
            ImageReadParam coarse = reader.getDefaultReadParam();
            int step = Math.max(1, Math.min(reader.getWidth(0), reader.getHeight(0)) / SMALL);
            coarse.setSourceSubsampling(step, step, 0, 0);
            reader.readRaster(0, coarse);
        } catch (IOException | RuntimeException e) {
            throw new DamagedImageException("the image is damaged and cannot be decoded", e);
        } finally {
            reader.dispose();
        }
        requireWhole(missing);
    }

    private static void requireWhole(AtomicBoolean missing) {
        if (missing.get()) {
            throw new DamagedImageException("the image file is cut short");
        }
    }

    /** libjpeg goes on with gray where data end, and warns: "premature end of data segment", "Premature end of JPEG file". */
    private static ImageReader listening(ImageReader reader, AtomicBoolean missing) {
        reader.addIIOReadWarningListener((source, warning) -> {
            String lower = warning.toLowerCase(Locale.ROOT);
            if (lower.contains("premature end") || lower.contains("truncated")) {
                missing.set(true);
            }
        });
        return reader;
    }

    /** A GIF's only frame on its screen, and where that is not covered, nothing. */
    static Mat gif(ByteBuffer file, ImageHeader header) {
        int channels = header.alpha() ? 4 : 3;
        Mat pixels = OpenCv.black(header.width(), header.height(), channels, 8);
        ImageReader reader = Strips.reader("gif");
        try (var in = new BufferImageInputStream(file)) {
            reader.setInput(in, false, false);
            Rectangle frame = new Rectangle(reader.getWidth(0), reader.getHeight(0));
            var place = (IIOMetadataNode) reader.getImageMetadata(0).getAsTree("javax_imageio_gif_image_1.0");
            var descriptor = (IIOMetadataNode) place.getElementsByTagName("ImageDescriptor").item(0);
            int left = Integer.parseInt(descriptor.getAttribute("imageLeftPosition"));
            int top = Integer.parseInt(descriptor.getAttribute("imageTopPosition"));
            if ((long) frame.width * frame.height > Math.max(Strips.room(), 2L * header.width() * header.height())) {
                throw new DamagedImageException("the GIF's picture is larger than its screen");
            }
            BufferedImage image = reader.read(0);
            for (int y = Math.max(0, -top); y < Math.min(frame.height, header.height() - top); y++) {
                int width = Math.min(frame.width, header.width() - left);
                if (width > 0) {
                    ByteBuffer row = pixels.ptr(top + y).position((long) left * channels).capacity((long) header.width() * channels).asByteBuffer();
                    for (int argb : image.getRGB(0, y, width, 1, null, 0, width)) {
                        row.put((byte) argb).put((byte) (argb >> 8)).put((byte) (argb >> 16));
                        if (channels == 4) {
                            row.put((byte) (argb >> 24));
                        }
                    }
                }
            }
            return pixels;
        } catch (IOException | RuntimeException e) {
            pixels.close();
            throw new DamagedImageException("the image is damaged and cannot be decoded", e);
        } catch (Error e) {
            pixels.close();
            throw e;
        } finally {
            reader.dispose();
        }
    }

    /** Whether the heap has room to write a picture of gray and alpha. */
    public static boolean canWriteGrayWithAlpha(Mat gray) {
        return gray.total() * 2 * gray.elemSize() <= Strips.room();
    }

    /**
     * Gray and alpha as PNG or TIFF.
     *
     * @param level of a PNG's compression, 0 to 9
     */
    public static byte[] grayWithAlpha(Mat gray, Mat alpha, ImageFormat format, OptionalInt level) {
        int type = gray.elemSize() == 1 ? DataBuffer.TYPE_BYTE : DataBuffer.TYPE_USHORT;
        var model = new ComponentColorModel(ColorSpace.getInstance(ColorSpace.CS_GRAY), true, false, Transparency.TRANSLUCENT, type);
        WritableRaster raster = model.createCompatibleWritableRaster(gray.cols(), gray.rows());
        for (int y = 0; y < gray.rows(); y++) {
            raster.setSamples(0, y, gray.cols(), 1, 0, row(gray, y));
            raster.setSamples(0, y, gray.cols(), 1, 1, row(alpha, y));
        }
        var image = new BufferedImage(model, raster, false, null);
        ImageWriter writer = Strips.writer(format.name());
        var bytes = new ByteArrayOutputStream();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            if (format == ImageFormat.TIFF) {
                parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                parameters.setCompressionType("ZLib");
            } else if (level.isPresent()) {
                parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                parameters.setCompressionQuality(1 - level.getAsInt() / 9f); // the JDK counts quality down from 1 to 0
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
}
