import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Clients that mean no good beside some that do: {@code hostile --help}. Every kind has an address of its own (127.0.0.2 and on, which Linux has),
 * as strangers have; the ordinary ones are 127.0.0.1.
 */
final class Hostile {
    /** Over which the strangers come: a thousand threads that start at once would take the cores from what is measured beside them. */
    private static final int ARRIVAL_MILLIS = 20_000;
    private static final Duration BEFORE_A_REFUSAL_COUNTS = Duration.ofSeconds(60);

    private final URI url;
    private final String task;
    private final Path picture;
    private final long pid;
    private volatile boolean over;

    private Hostile(URI url, String task, Path picture, long pid) {
        this.url = url;
        this.task = task;
        this.picture = picture;
        this.pid = pid;
    }

    /** What one connection does, until it is closed by either side. */
    private interface Mischief {
        void with(Socket socket) throws IOException, InterruptedException;
    }

    /** One kind of answer or failure of ordinary requests, and how long each took. */
    private record Measured(String outcome, double millis) {}

    public static void main(String[] arguments) throws Exception {
        var options = options(arguments);
        var hostile = new Hostile(URI.create(options.get("url")), options.get("task"), Path.of(options.get("picture")), Long.parseLong(options.get("pid")));
        int seconds = Integer.parseInt(options.get("seconds"));
        double rate = Double.parseDouble(options.get("rate"));
        int connections = Integer.parseInt(options.get("connections"));
        System.out.printf("%d hostile connections for %d s; %.1f ordinary requests a second; a probe every 100 ms%n%n", connections, seconds, rate);
        System.out.println("| | answered as asked | other answers | ordinary p50 | p99 | probe p50 | probe p99 | resident memory | on the books |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        hostile.measure("before", Math.max(10, Math.min(120, seconds / 2)), rate);
        List<Thread> strangers = hostile.strangers(connections);
        hostile.measure("beside " + connections, seconds, rate);
        hostile.over = true;
        for (Thread stranger : strangers) {
            stranger.interrupt();
        }
        TimeUnit.SECONDS.sleep(Integer.parseInt(options.get("rest")));
        hostile.measure("after", 10, rate);
    }

    private static Map<String, String> options(String[] arguments) {
        var options = new TreeMap<>(Map.of("url", "", "picture", "", "pid", "0", "seconds", "600", "rate", "1", "connections", "1000", "rest", "90", "task", "denoise"));
        for (int i = 0; i < arguments.length; i += 2) {
            options.put(arguments[i].substring(2), arguments[i + 1]);
        }
        return options;
    }

    private List<Thread> strangers(int connections) throws IOException {
        byte[] file = Files.readAllBytes(picture);
        List<Mischief> kinds = List.of(
                this::slow, this::stalled, this::oversized, socket -> halfway(socket, file), this::unread,
                this::headersThatNeverEnd, this::madeUp, this::badTokens, this::nothing, this::form);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            int kind = i % kinds.size();
            var thread = new Thread(() -> again(kinds.get(kind), "127.0.0." + (2 + kind)), "stranger-" + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        return threads;
    }

    private void again(Mischief mischief, String from) {
        pause(ThreadLocalRandom.current().nextInt(ARRIVAL_MILLIS));
        while (!over) {
            try (Socket socket = new Socket()) {
                socket.setReceiveBufferSize(1 << 14);
                socket.setSoTimeout(60_000);
                socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
                socket.connect(new InetSocketAddress(url.getHost(), url.getPort()), 10_000);
                mischief.with(socket);
            } catch (IOException closed) {
                // as it should be
            } catch (InterruptedException end) {
                return;
            }
            pause(1000 + ThreadLocalRandom.current().nextInt(2000));
        }
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    private void announce(Socket socket, long length) throws IOException {
        say(socket, "POST /v1/" + task + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length + "\r\n\r\n");
    }

    private void trickle(Socket socket, String piece) throws IOException, InterruptedException {
        while (!over) {
            say(socket, piece);
            if (socket.getInputStream().available() > 0) {
                return; // an answer: it is over
            }
            TimeUnit.SECONDS.sleep(1);
        }
    }

    private void slow(Socket socket) throws IOException, InterruptedException {
        announce(socket, 1000);
        trickle(socket, "x");
    }

    private void stalled(Socket socket) throws IOException, InterruptedException {
        announce(socket, 128L << 20);
        socket.getInputStream().read();
    }

    private void oversized(Socket socket) throws IOException, InterruptedException {
        say(socket, "POST /v1/denoise HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
        byte[] chunk = new byte[1 << 18];
        for (int sent = 0; sent < 64 && socket.getInputStream().available() == 0; sent++) { // 16 MB, at 1 MB a second
            say(socket, Integer.toHexString(chunk.length) + "\r\n");
            socket.getOutputStream().write(chunk);
            say(socket, "\r\n");
            TimeUnit.MILLISECONDS.sleep(250);
        }
    }

    private void form(Socket socket) throws IOException, InterruptedException {
        say(socket, "POST /v1/denoise HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=b\r\nTransfer-Encoding: chunked\r\n\r\n");
        trickle(socket, "4\r\n--b\r\r\n");
    }

    private void halfway(Socket socket, byte[] file) throws IOException {
        announce(socket, file.length);
        socket.getOutputStream().write(file, 0, file.length / 2);
        socket.setSoLinger(true, 0); // a reset
    }

    private void unread(Socket socket) throws IOException, InterruptedException {
        for (int i = 0; i < 200; i++) {
            say(socket, "GET /q/openapi HTTP/1.1\r\nHost: localhost\r\n\r\n");
        }
        TimeUnit.SECONDS.sleep(45);
    }

    private void headersThatNeverEnd(Socket socket) throws IOException, InterruptedException {
        say(socket, "GET /v1/models HTTP/1.1\r\nHost: localhost\r\n");
        trickle(socket, "X-A: b\r\n");
    }

    private void madeUp(Socket socket) throws IOException, InterruptedException {
        int number = ThreadLocalRandom.current().nextInt(1_000_000);
        say(socket, "FOO" + number + " /v1/x" + number + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        socket.getInputStream().read();
    }

    private void badTokens(Socket socket) throws IOException, InterruptedException {
        say(socket, "POST /v1/denoise HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer x\r\nContent-Length: 1000000\r\n\r\n");
        socket.getInputStream().read();
    }

    private void nothing(Socket socket) throws IOException {
        socket.getInputStream().read();
    }

    private void measure(String phase, int seconds, double rate) throws Exception {
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(10)).build();
        var ordinary = new ConcurrentLinkedQueue<Measured>();
        var probes = new ConcurrentLinkedQueue<Measured>();
        ScheduledExecutorService clock = Executors.newScheduledThreadPool(1);
        byte[] file = Files.readAllBytes(picture);
        var post = HttpRequest.newBuilder(url.resolve("/v1/" + task)).timeout(BEFORE_A_REFUSAL_COUNTS).POST(BodyPublishers.ofByteArray(file)).build();
        var live = HttpRequest.newBuilder(url.resolve("/q/health/live")).timeout(BEFORE_A_REFUSAL_COUNTS).build();
        clock.scheduleAtFixedRate(() -> send(client, post, ordinary), 0, (long) (1e9 / rate), TimeUnit.NANOSECONDS);
        clock.scheduleAtFixedRate(() -> send(client, live, probes), 50, 100, TimeUnit.MILLISECONDS);
        TimeUnit.SECONDS.sleep(seconds);
        clock.shutdownNow();
        int due = (int) (seconds * rate);
        for (int waited = 0; waited < 60 && ordinary.size() < due; waited++) {
            TimeUnit.SECONDS.sleep(1);
        }
        long asked = ordinary.stream().filter(one -> one.outcome.equals("200")).count();
        var others = new TreeMap<String, Integer>();
        ordinary.stream().filter(one -> !one.outcome.equals("200")).forEach(one -> others.merge(one.outcome, 1, Integer::sum));
        probes.stream().filter(one -> !one.outcome.equals("200")).forEach(one -> others.merge("probe " + one.outcome, 1, Integer::sum));
        System.out.printf("| %s | %d of %d | %s | %s | %s | %s | %s | %d MB | %.1f MB |%n", phase, asked, ordinary.size(), others.isEmpty() ? "-" : others,
                percentile(ordinary, 0.5), percentile(ordinary, 0.99), percentile(probes, 0.5), percentile(probes, 0.99), residentMegabytes(), held(client) / 1e6);
    }

    private static void send(HttpClient client, HttpRequest request, ConcurrentLinkedQueue<Measured> results) {
        long began = System.nanoTime();
        client.sendAsync(request, BodyHandlers.ofByteArray()).whenComplete((answer, failure) -> results.add(new Measured(
                failure == null ? Integer.toString(answer.statusCode()) : failure.getClass().getSimpleName(), (System.nanoTime() - began) / 1e6)));
    }

    private static String percentile(ConcurrentLinkedQueue<Measured> measured, double share) {
        double[] sorted = measured.stream().mapToDouble(Measured::millis).sorted().toArray();
        return sorted.length == 0 ? "-" : "%.0f ms".formatted(sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))]);
    }

    private long residentMegabytes() throws IOException {
        if (pid == 0) {
            return 0;
        }
        return Long.parseLong(Arrays.stream(Files.readString(Path.of("/proc/" + pid + "/status")).split("\n"))
                .filter(line -> line.startsWith("VmRSS")).findFirst().orElse("0").replaceAll("\\D", "")) / 1024;
    }

    private double held(HttpClient client) throws Exception {
        var metrics = client.send(HttpRequest.newBuilder(url.resolve("/q/metrics")).build(), BodyHandlers.ofString()).body();
        var held = Pattern.compile("(?m)^darkroom_held_bytes(?:\\{[^}]*})? (\\S+)").matcher(metrics);
        return held.find() ? Double.parseDouble(held.group(1)) : -1;
    }
}
