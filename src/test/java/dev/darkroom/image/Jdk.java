package dev.darkroom.image;

import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.function.Consumer;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** The JDK's own codecs, whatever others there are. */
public final class Jdk {

    private Jdk() {}

    public static byte[] file(RenderedImage image, String format) {
        return file(new IIOImage(image, null, null), format, parameters -> {});
    }

    public static byte[] file(IIOImage image, String format, Consumer<ImageWriteParam> settings) {
        ImageWriter writer = own(ImageIO.getImageWritersByFormatName(format));
        var bytes = new ByteArrayOutputStream();
        try (var out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            settings.accept(parameters);
            writer.write(null, image, parameters);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** A TIFF of several pages. */
    public static byte[] pages(BufferedImage... images) {
        ImageWriter writer = own(ImageIO.getImageWritersByFormatName("tiff"));
        var bytes = new ByteArrayOutputStream();
        try (var out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.prepareWriteSequence(null);
            for (BufferedImage image : images) {
                writer.writeToSequence(new IIOImage(image, null, null), null);
            }
            writer.endWriteSequence();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    public static BufferedImage read(byte[] file, String format) throws IOException {
        ImageReader reader = own(ImageIO.getImageReadersByFormatName(format));
        try (var in = new MemoryCacheImageInputStream(new java.io.ByteArrayInputStream(file))) {
            reader.setInput(in);
            return reader.read(0);
        } finally {
            reader.dispose();
        }
    }

    private static <T> T own(Iterator<T> codecs) {
        while (codecs.hasNext()) {
            T codec = codecs.next();
            if ("java.desktop".equals(codec.getClass().getModule().getName())) {
                return codec;
            }
        }
        throw new IllegalStateException("the JDK's image formats are missing");
    }
}
