package dev.darkroom.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks every few seconds at how much the service holds. */
final class Watch implements AutoCloseable {
    private static final int PERIOD_SECONDS = 5;

    /** @param residentMegabytes NaN if the process is not on this machine */
    record Look(double at, double residentMegabytes, double queuedSeconds) {}

    private final Recorder recorder;
    private final Path process;
    private final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Queue<Look> looks = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "watch");
        thread.setDaemon(true);
        return thread;
    });

    Watch(Recorder recorder) {
        this.recorder = recorder;
        process = Path.of("/proc", System.getProperty("pid", "0"), "status");
        clock.scheduleAtFixedRate(() -> looks.add(new Look(recorder.now(), resident(), queued())), 0, PERIOD_SECONDS, TimeUnit.SECONDS);
    }

    List<Look> looks() {
        return List.copyOf(looks);
    }

    private double resident() {
        try (var lines = Files.lines(process)) {
            return lines.filter(line -> line.startsWith("VmRSS:")).mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                    .findFirst().orElse(Double.NaN);
        } catch (IOException e) {
            return Double.NaN;
        }
    }

    private double queued() {
        try {
            var request = HttpRequest.newBuilder(URI.create(Requests.url() + "/q/metrics")).timeout(Duration.ofSeconds(4)).build();
            return client.send(request, HttpResponse.BodyHandlers.ofLines()).body()
                    .filter(line -> line.startsWith("darkroom_queued_seconds ")).mapToDouble(line -> Double.parseDouble(line.split(" ")[1]))
                    .findFirst().orElse(Double.NaN);
        } catch (IOException e) {
            return Double.NaN;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Double.NaN;
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
