package dev.darkroom.image.codec;

import static org.bytedeco.opencv.global.opencv_core.CV_16U;
import static org.bytedeco.opencv.global.opencv_core.CV_8U;
import static org.bytedeco.opencv.global.opencv_core.CV_MAKETYPE;
import static org.bytedeco.opencv.global.opencv_core.CV_MAT_DEPTH_MASK;

import dev.darkroom.image.file.DamagedImageException;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.ImageHeader;
import dev.darkroom.image.file.Metadata;
import dev.darkroom.image.file.UnsupportedImageException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Decodes in processes of their own, one file at a time in each: what crashes or hangs a codec costs its own request and one process,
 * which the next request replaces. They share nothing with this process but two pipes, and write no log.
 */
final class DecoderProcesses implements PixelDecoder {
    private static final Logger LOG = System.getLogger(DecoderProcesses.class.getName());
    /** Instead of rows. */
    static final int DAMAGED = 0;
    /** Instead of rows. */
    static final int UNSUPPORTED = -1;
    private static final int PART_BYTES = 1 << 26;

    private final BlockingQueue<Child> idle;
    private volatile boolean closed;

    /** A place for a process, which starts with its first file and again after a crash. */
    private static final class Child {
        private Process process;
        private DataOutputStream files;
        private DataInputStream numbers;
        private ReadableByteChannel pixels;

        synchronized Process ensureRunning() throws IOException {
            if (process == null || !process.isAlive()) {
                process = new ProcessBuilder(DecoderCommand.line()).redirectError(Redirect.DISCARD).start();
                files = new DataOutputStream(process.getOutputStream());
                numbers = new DataInputStream(process.getInputStream());
                pixels = Channels.newChannel(process.getInputStream());
            }
            return process;
        }

        /** If it is still this process that it has. */
        synchronized void end(Process expired) {
            if (process == expired) {
                end();
            }
        }

        /** It dies a little later than it is told to, and must not get another picture until then. */
        synchronized void end() {
            if (process != null) {
                process.destroyForcibly();
                process = null;
            }
        }
    }

    DecoderProcesses(int count) {
        idle = new ArrayBlockingQueue<>(count);
        for (int i = 0; i < count; i++) {
            idle.add(new Child());
        }
    }

    @Override
    public Mat decode(ByteBuffer bytes, ImageHeader header, Metadata metadata, Duration patience) {
        if (header.format() == ImageFormat.HEIC || header.format() == ImageFormat.AVIF) {
            HeifPixels.requireThere();
        }
        long began = System.nanoTime();
        Child child = take(patience);
        try {
            Process process = child.ensureRunning();
            long left = Math.max(0, patience.toNanos() - (System.nanoTime() - began));
            var expiry = new CompletableFuture<Void>().completeOnTimeout(null, left, TimeUnit.NANOSECONDS);
            expiry.thenRun(() -> child.end(process));
            try {
                return exchange(child, bytes, header);
            } finally {
                if (!expiry.cancel(false)) {
                    child.end(process); // it may be about to be, and the next image must not get it
                }
            }
        } catch (DamagedImageException | UnsupportedImageException answered) {
            throw answered;
        } catch (IOException crashed) {
            child.end();
            LOG.log(Level.WARNING, "a decoder ended over {0} of {1} x {2} pixels; the next image gets a new one",
                    header.format(), header.width(), header.height());
            throw new DamagedImageException("the image is damaged and cannot be decoded", crashed);
        } catch (Throwable broken) {
            child.end(); // part of a picture may still be on its way out of it
            throw broken;
        } finally {
            idle.add(child);
            if (closed) {
                child.end();
            }
        }
    }

    private static Mat exchange(Child child, ByteBuffer bytes, ImageHeader header) throws IOException {
        child.files.writeInt(bytes.remaining());
        Channels.newChannel(child.files).write(bytes.duplicate());
        child.files.flush();
        int rows = child.numbers.readInt();
        if (rows == DAMAGED) {
            throw new DamagedImageException("the image is damaged and cannot be decoded");
        }
        if (rows == UNSUPPORTED) {
            throw new UnsupportedImageException("this kind of %s image is not supported here; convert it to PNG or JPEG".formatted(header.format()));
        }
        int columns = child.numbers.readInt();
        int type = child.numbers.readInt();
        // Whoever has taken over a decoder may say anything.
        boolean plausible = rows == header.height() && columns == header.width() && type >= 0 && type < CV_MAKETYPE(0, 5)
                && ((type & CV_MAT_DEPTH_MASK) == CV_8U || (type & CV_MAT_DEPTH_MASK) == CV_16U);
        if (!plausible) {
            throw new IOException("a decoder answered with another picture");
        }
        Mat pixels = new Mat(rows, columns, type);
        try {
            eachPart(pixels, part -> {
                while (part.hasRemaining()) {
                    if (child.pixels.read(part) < 0) {
                        throw new IOException("a decoder ended in the middle of a picture");
                    }
                }
            });
            return pixels;
        } catch (Throwable e) {
            pixels.close();
            throw e;
        }
    }

    /** What is done with a part of a picture's samples. */
    interface PartAction {
        void accept(ByteBuffer part) throws IOException;
    }

    /** A picture's samples, as many at a time as a buffer can hold. */
    static void eachPart(Mat pixels, PartAction use) throws IOException {
        long bytes = pixels.total() * pixels.elemSize();
        for (long from = 0; from < bytes; from += PART_BYTES) {
            long length = Math.min(PART_BYTES, bytes - from);
            use.accept(new BytePointer(pixels.data()).position(from).limit(from + length).asByteBuffer());
        }
    }

    private Child take(Duration patience) {
        try {
            Child child = idle.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
            if (child == null) {
                throw new DamagedImageException("no decoder was free in time");
            }
            return child;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a decoder", e);
        }
    }

    /** The processes that are running. */
    List<ProcessHandle> running() {
        return idle.stream().map(child -> child.process).filter(process -> process != null && process.isAlive()).map(Process::toHandle).toList();
    }

    @Override
    public void close() {
        closed = true;
        idle.forEach(Child::end);
    }
}
