package dev.darkroom.http.body;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The first stream of an HTTP/2 connection without TLS, frame by frame (RFC 9113). */
final class RawStream implements AutoCloseable {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int GOAWAY = 7;
    private static final int SETTINGS = 4;
    private static final int WINDOW_UPDATE = 8;
    private static final int END_STREAM = 1;
    private static final int ACK = 1;
    private static final int END_HEADERS = 4;
    private static final int LARGEST_FRAME = 16_384;
    private static final byte INITIAL_WINDOW_SIZE = 4;

    private final Socket socket;
    private final DataInputStream in;

    /** What has come. */
    record Frame(int type, int flags, int stream, byte[] payload) {}

    /** Of a client that says nothing of windows. */
    RawStream(URI service) throws IOException {
        this(service, new byte[0]);
    }

    /** Of a client that takes nothing of an answer until it says so. */
    static RawStream thatTakesNothing(URI service) throws IOException {
        return new RawStream(service, new byte[] {0, INITIAL_WINDOW_SIZE, 0, 0, 0, 0});
    }

    private RawStream(URI service, byte[] settings) throws IOException {
        socket = new Socket("127.0.0.1", service.getPort());
        socket.setSoTimeout(60_000);
        in = new DataInputStream(socket.getInputStream());
        socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        send(frame(SETTINGS, 0, 0, settings));
    }

    void post(String path, byte[] body) throws IOException {
        send(frame(HEADERS, END_HEADERS, 1, headers(path)));
        for (int at = 0; at < body.length; at += LARGEST_FRAME) {
            int end = Math.min(body.length, at + LARGEST_FRAME);
            send(frame(DATA, end == body.length ? END_STREAM : 0, 1, java.util.Arrays.copyOfRange(body, at, end)));
        }
    }

    /** Literals without an index and without Huffman's code (RFC 7541). */
    private static byte[] headers(String path) {
        var block = new ByteArrayOutputStream();
        block.write(0x83); // :method POST
        block.write(0x86); // :scheme http
        literal(block, 4, path);
        literal(block, 1, "localhost");
        return block.toByteArray();
    }

    private static void literal(ByteArrayOutputStream block, int nameIndex, String value) {
        block.write(nameIndex);
        block.write(value.length());
        block.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
    }

    static byte[] windowUpdate(int stream, int increment) {
        return frame(WINDOW_UPDATE, 0, stream, ByteBuffer.allocate(4).putInt(increment).array());
    }

    private static byte[] frame(int type, int flags, int stream, byte[] payload) {
        return ByteBuffer.allocate(9 + payload.length).put((byte) (payload.length >> 16)).putShort((short) payload.length).put((byte) type).put((byte) flags)
                .putInt(stream).put(payload).array();
    }

    void send(byte[]... frames) throws IOException {
        var all = new ByteArrayOutputStream();
        for (byte[] frame : frames) {
            all.writeBytes(frame);
        }
        socket.getOutputStream().write(all.toByteArray());
        socket.getOutputStream().flush();
    }

    /** The next one, but for settings, which are acknowledged. */
    Frame next() throws IOException {
        while (true) {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int stream = in.readInt();
            byte[] payload = new byte[length];
            in.readFully(payload);
            if (type != SETTINGS) {
                return new Frame(type, flags, stream, payload);
            }
            if ((flags & ACK) == 0) {
                send(frame(SETTINGS, ACK, 0, new byte[0]));
            }
        }
    }

    /** Bytes of the answer until so many have come, or the stream or the connection has ended. */
    int read(int most) throws IOException {
        int bytes = 0;
        try {
            while (bytes < most) {
                Frame frame = next();
                bytes += frame.type == DATA ? frame.payload.length : 0;
                if (frame.type == RST_STREAM || frame.type == GOAWAY || frame.type == DATA && (frame.flags & END_STREAM) != 0) {
                    return bytes;
                }
            }
        } catch (EOFException | java.net.SocketException closed) {
            return bytes;
        }
        return bytes;
    }

    /** Bytes of answers until nothing has come for a second, whatever has been ended meanwhile. */
    int readUntilQuiet() throws IOException {
        socket.setSoTimeout(1000);
        int bytes = 0;
        try {
            while (true) {
                Frame frame = next();
                bytes += frame.type == DATA ? frame.payload.length : 0;
            }
        } catch (EOFException | java.net.SocketException | java.net.SocketTimeoutException quiet) {
            return bytes;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
