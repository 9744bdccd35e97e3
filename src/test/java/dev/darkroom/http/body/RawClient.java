package dev.darkroom.http.body;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** A client that does what no library does. */
final class RawClient implements AutoCloseable {
    private final Socket socket = new Socket();

    /** @param from an address of this machine, so that one can be many */
    private RawClient(URI service, String from, int receiveBuffer) throws IOException {
        socket.setReceiveBufferSize(receiveBuffer);
        socket.setSoTimeout((int) Duration.ofMinutes(1).toMillis());
        socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
        socket.connect(new InetSocketAddress("127.0.0.1", service.getPort()));
    }

    static RawClient of(URI service) throws IOException {
        return new RawClient(service, "127.0.0.1", 1 << 16);
    }

    static RawClient from(String address, URI service) throws IOException {
        return new RawClient(service, address, 1 << 16);
    }

    /** Whose system takes little of an answer while nobody reads it. */
    static RawClient thatReadsLittle(URI service) throws IOException {
        return new RawClient(service, "127.0.0.1", 1 << 12);
    }

    RawClient sends(String text) throws IOException {
        return sends(text.getBytes(StandardCharsets.US_ASCII));
    }

    RawClient sends(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    RawClient announces(String path, long bytes) throws IOException {
        return sends("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + bytes + "\r\n\r\n");
    }

    /** Of the answer that comes next. */
    int status() throws IOException {
        String line = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII), 1).readLine();
        return line == null ? -1 : Integer.parseInt(line.split(" ")[1]);
    }

    /** Of all answers until the service closes the connection. */
    List<Integer> statuses() throws IOException {
        var all = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(all);
        } catch (java.net.SocketException reset) {
            // what came before counts
        }
        return Pattern.compile("HTTP/1\\.1 (\\d{3}) ").matcher(all.toString(StandardCharsets.ISO_8859_1)).results()
                .map(status -> Integer.parseInt(status.group(1))).toList();
    }

    /** Whether the service has hung up, which is waited for. */
    boolean isHungUpOn() throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketException reset) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
