package dev.darkroom.image.codec;

import dev.darkroom.image.file.ImageException;
import dev.darkroom.image.file.ImageFile;
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
 * the standard output behind rows, columns and type; 0 rows where they cannot be decoded. Ends with its input.
 */
final class DecoderProcess {

    private DecoderProcess() {}

    public static void main(String[] none) throws IOException {
        var out = new FileOutputStream(FileDescriptor.out);
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.err), true)); // nothing else may write between the pixels
        serve(new DataInputStream(System.in), out);
    }

    private static void serve(DataInputStream in, FileOutputStream out) throws IOException {
        var numbers = new DataOutputStream(new BufferedOutputStream(out));
        WritableByteChannel channel = Channels.newChannel(out);
        while (true) {
            byte[] file;
            try {
                file = in.readNBytes(in.readInt());
            } catch (EOFException end) {
                return;
            }
            answer(file, numbers, channel);
        }
    }

    private static void answer(byte[] file, DataOutputStream numbers, WritableByteChannel channel) throws IOException {
        try (Mat pixels = decoded(ByteBuffer.wrap(file))) {
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
            numbers.writeInt(0);
            numbers.flush();
        }
    }

    private static Mat decoded(ByteBuffer file) {
        var image = ImageFile.of(file);
        return StoredPixels.decode(file, image.header(), image.metadata());
    }
}
