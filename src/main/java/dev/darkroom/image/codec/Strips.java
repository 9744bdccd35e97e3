package dev.darkroom.image.codec;

import dev.darkroom.image.file.DamagedImageException;
import dev.darkroom.image.file.ImageHeader;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriter;

/** Pictures that go through the Java heap: strip by strip, each of a part of it. */
final class Strips {
    /** Of the heap, for one picture: two are decoded at a time on the smallest machine, and the rest must live. */
    private static final int SHARE_OF_HEAP = 8;
    /** Of the heap of a process that does nothing else. */
    private static final int SHARE_ALONE = 2;
    private static volatile int share = SHARE_OF_HEAP;

    private Strips() {}

    /** The most bytes of the heap that a picture may take. */
    static long room() {
        return Runtime.getRuntime().maxMemory() / share;
    }

    /** Says that nothing else needs this process's heap. */
    static void alone() {
        share = SHARE_ALONE;
    }

    /** What is done with the rows from {@code y}. */
    interface Use {
        void of(java.awt.image.Raster strip, java.awt.image.ColorModel colours, int y);
    }

    /**
     * Reads all of a picture.
     *
     * @param reader        disposed of
     * @param bytesPerPixel that a strip has in the heap
     * @throws DamagedImageException if the reader finds it broken
     */
    static void each(ImageReader reader, ByteBuffer file, ImageHeader header, int bytesPerPixel, Use use) {
        long fit = Math.max(1, room() / ((long) header.width() * bytesPerPixel));
        int rows = (int) Math.min(header.height(), fit);
        try (var in = new BufferImageInputStream(file)) {
            for (int y = 0; y < header.height(); y += rows) {
                in.seek(0);
                reader.setInput(in, false, true);
                ImageReadParam part = reader.getDefaultReadParam();
                part.setSourceRegion(new Rectangle(0, y, header.width(), Math.min(rows, header.height() - y)));
                if (isJdks(reader) && reader.canReadRaster()) {
                    use.of(reader.readRaster(0, part), null, y);
                } else {
                    BufferedImage image = reader.read(0, part);
                    use.of(image.getRaster(), image.getColorModel(), y);
                }
            }
        } catch (IOException | RuntimeException e) {
            // Readers run into whatever a damaged file leads them to, division by zero included.
            throw new DamagedImageException("the image is damaged and cannot be decoded", e);
        } finally {
            reader.dispose();
        }
    }

    /** The JDK's own, whatever else there is. */
    static ImageReader reader(String format) {
        return jdks(javax.imageio.ImageIO.getImageReadersByFormatName(format));
    }

    static ImageWriter writer(String format) {
        return jdks(javax.imageio.ImageIO.getImageWritersByFormatName(format));
    }

    private static <T> T jdks(Iterator<T> providers) {
        while (providers.hasNext()) {
            T provider = providers.next();
            if (isJdks(provider)) {
                return provider;
            }
        }
        throw new IllegalStateException("the JDK's image formats are missing");
    }

    private static boolean isJdks(Object provider) {
        return "java.desktop".equals(provider.getClass().getModule().getName());
    }
}
