package dev.darkroom.image.codec;

import dev.darkroom.image.container.ImageFile;
import dev.darkroom.image.file.ImageException;
import dev.darkroom.image.file.UnsupportedImageException;
import dev.darkroom.memory.NativeBytes;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * The other end of {@link DecoderProcesses}: reads files from the standard input, each behind its length, and writes their pixels to
 * the standard output behind rows, columns and type; 0 rows where they are damaged, -1 where nothing here decodes them. Ends with its input.
 */
final class DecoderProcess {

    private DecoderProcess() {}

    /** @param unpack anything: unpacks the native libraries that are loaded late, and ends */
    public static void main(String[] unpack) throws IOException {
        if (unpack.length > 0) {
            HeifPixels.load();
            return;
        }
        var out = new FileOutputStream(FileDescriptor.out);
        Strips.alone();
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.err), true)); // nothing else may write between the pixels
        serve(new DataInputStream(System.in), out);
    }

    private static void serve(DataInputStream in, FileOutputStream out) throws IOException {
        var numbers = new DataOutputStream(new BufferedOutputStream(out));
        WritableByteChannel channel = Channels.newChannel(out);
        while (true) {
            try (NativeBytes file = file(in)) {
                answer(file.view(), numbers, channel);
            } catch (EOFException end) {
                return;
            }
        }
    }

    /** Not on the heap, which is small. */
    private static NativeBytes file(DataInputStream in) throws IOException {
        NativeBytes file = NativeBytes.ofSize(in.readInt());
        var channel = Channels.newChannel(in);
        for (ByteBuffer rest = file.view(); rest.hasRemaining(); ) {
            if (channel.read(rest) < 0) {
                file.close();
                throw new EOFException();
            }
        }
        return file;
    }

    private static void answer(ByteBuffer file, DataOutputStream numbers, WritableByteChannel channel) throws IOException {
        try (Mat pixels = decoded(file)) {
            numbers.writeInt(pixels.rows());
            numbers.writeInt(pixels.cols());
            numbers.writeInt(pixels.type());
            numbers.flush();
            DecoderProcesses.eachPart(pixels, part -> {
                while (part.hasRemaining()) {
                    channel.write(part);
                }
            });
        } catch (ImageException refused) {
            numbers.writeInt(refused instanceof UnsupportedImageException ? DecoderProcesses.UNSUPPORTED : DecoderProcesses.DAMAGED);
            numbers.flush();
        } catch (OutOfMemoryError | StackOverflowError named) {
            // A damaged file asks a decoder in Java for more than there is; this process has nothing to lose by it.
            numbers.writeInt(DecoderProcesses.DAMAGED);
            numbers.flush();
        }
    }

    private static Mat decoded(ByteBuffer file) {
        var image = ImageFile.of(file);
        return StoredPixels.decode(file, image.header(), image.metadata());
    }
}
