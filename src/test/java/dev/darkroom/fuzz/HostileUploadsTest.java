package dev.darkroom.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.enhance.SmallStore;
import dev.darkroom.http.Service;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Hostile files through real HTTP, as a body or in a form, to the tasks and to scoring: {@code ./darkroom fuzz 100000} sends so many
 * that are refused. What is still a picture after it has been tampered with may be answered, and is counted apart.
 */
@QuarkusTest
@TestProfile(SmallStore.class)
class HostileUploadsTest {
    private static final int REFUSALS = Integer.getInteger("fuzz.inputs", 1000);
    private static final long SEED = Long.getLong("fuzz.seed", 20261123);
    private static final int CLIENTS = 4;
    private static final String[] ADDRESSES = {"dejpeg", "deblur", "dejpeg?format=tiff", "dejpeg?format=webp&metadata=copyright", "super-resolve?scale=1.5", "demosaic",
        "dejpeg?page=1&width=16"};
    /** An answer that is still being put together, a heap between two collections. */
    private static final long MOST_GROWTH_MEGABYTES = 700;

    @TestHTTPResource("/v1/")
    URI service;

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(20)).build();
    private final Map<Integer, AtomicLong> answers = new ConcurrentSkipListMap<>();
    private final AtomicLong logged = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    @BeforeEach
    void ready() {
        Service.awaitLoaded();
    }

    @Test
    void refusesEveryHostileUploadAndSaysSoOnce() throws Exception {
        List<byte[]> seeds = SeedImages.sound();
        for (byte[] seed : seeds) {
            send(seed, false, 0);
        }
        long before = residentMegabytes("VmRSS");
        Handler counter = counter();
        Logger.getLogger("").addHandler(counter);
        try {
            answers.clear();
            refused.set(0);
            for (byte[] bomb : SeedImages.bombs()) {
                send(bomb, false, 0);
                send(bomb, true, 0);
            }
            run(seeds);
        } finally {
            Logger.getLogger("").removeHandler(counter);
        }
        long requests = answers.values().stream().mapToLong(AtomicLong::get).sum();
        long after = residentMegabytes("VmRSS");
        System.out.printf("%d hostile uploads: %s; %d log lines; resident memory %d MB before, %d after, at most %d%n",
                requests, answers, logged.get(), before, after, residentMegabytes("VmHWM"));
        assertThat(answers.keySet()).allMatch(status -> status == 200 || status >= 400 && status < 500);
        assertThat(refused.get()).isGreaterThanOrEqualTo(REFUSALS);
        assertThat(logged.get()).isLessThanOrEqualTo(requests);
        assertThat(after - before).isLessThan(MOST_GROWTH_MEGABYTES);
    }

    private void run(List<byte[]> seeds) throws Exception {
        var threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            var clients = new ArrayList<Future<?>>();
            for (int i = 0; i < CLIENTS; i++) {
                long seed = SEED + i;
                clients.add(threads.submit(() -> {
                    var files = new Mutations(seeds, seed);
                    var random = new Random(seed);
                    while (refused.get() < REFUSALS) {
                        send(files.next(), random.nextInt(3) == 0, random.nextInt());
                    }
                    return null;
                }));
            }
            for (Future<?> done : clients) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private void send(byte[] file, boolean form, int choice) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = client.send(form ? form(file, choice) : body(file, choice), BodyHandlers.ofByteArray());
        answers.computeIfAbsent(answer.statusCode(), status -> new AtomicLong()).incrementAndGet();
        if (answer.statusCode() != 200) {
            refused.incrementAndGet();
            assertThat(answer.headers().firstValue("Content-Type")).hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        }
    }

    private HttpRequest body(byte[] file, int choice) {
        return HttpRequest.newBuilder(service.resolve(ADDRESSES[Math.floorMod(choice, ADDRESSES.length)])).timeout(Duration.ofMinutes(2))
                .POST(BodyPublishers.ofByteArray(file)).build();
    }

    /** Half of the forms are broken themselves. */
    private HttpRequest form(byte[] file, int choice) {
        boolean score = choice % 4 == 0;
        byte[] body = score ? join(part("reference", file), part("candidate", file), "--b--\r\n".getBytes(StandardCharsets.US_ASCII))
                : join(part("image", file), "--b--\r\n".getBytes(StandardCharsets.US_ASCII));
        var random = new Random(choice);
        if (random.nextBoolean()) {
            for (int i = 0; i < 3; i++) {
                body[random.nextInt(Math.min(body.length, 120))] = (byte) random.nextInt(256);
            }
        }
        return HttpRequest.newBuilder(service.resolve(score ? "score?metrics=psnr" : ADDRESSES[Math.floorMod(choice, ADDRESSES.length)]))
                .timeout(Duration.ofMinutes(2)).header("Content-Type", "multipart/form-data; boundary=b").POST(BodyPublishers.ofByteArray(body)).build();
    }

    private static byte[] part(String name, byte[] file) {
        return join(("--b\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII), file, "\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] join(byte[]... pieces) {
        int length = 0;
        for (byte[] piece : pieces) {
            length += piece.length;
        }
        var all = ByteBuffer.allocate(length);
        for (byte[] piece : pieces) {
            all.put(piece);
        }
        return all.array();
    }

    private Handler counter() {
        return new Handler() {
            @Override
            public void publish(LogRecord line) {
                logged.incrementAndGet();
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    private static long residentMegabytes(String field) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith(field + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024).findFirst().orElse(0);
    }
}
