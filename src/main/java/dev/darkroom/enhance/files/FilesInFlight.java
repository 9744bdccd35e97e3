package dev.darkroom.enhance.files;

import dev.darkroom.batching.QueueFullException;
import dev.darkroom.enhance.EnhanceRequest;
import dev.darkroom.enhance.EnhanceResult;
import dev.darkroom.enhance.Enhancement;
import dev.darkroom.enhance.Enhancer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutionException;

/** Keeps so many files on their way that codecs and devices have work at the same time, and reports each in the order in which they came. */
final class FilesInFlight {
    private final Enhancer enhancer;
    private final EnhanceRequest request;
    private final Results results;
    private final int most;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Queue<Begun> begun = new ArrayDeque<>();
    private int failed;

    private record Begun(Original original, Enhancement enhancement) {}

    FilesInFlight(Enhancer enhancer, EnhanceRequest request, Results results, int most, PrintWriter out, PrintWriter err) {
        this.enhancer = enhancer;
        this.request = request;
        this.results = results;
        this.most = most;
        this.out = out;
        this.err = err;
    }

    void add(Original original) throws InterruptedException {
        if (begun.size() >= most) {
            finishOldest();
        }
        try {
            ByteBuffer upload = map(original.file());
            begun.add(new Begun(original, begin(upload)));
        } catch (IOException e) {
            failed(original, "cannot be read: " + e.getMessage());
        } catch (RuntimeException e) {
            failed(original, e.getMessage());
        }
    }

    /** A full queue is no failure while something is inside that will leave it. */
    private Enhancement begin(ByteBuffer upload) throws InterruptedException {
        while (!begun.isEmpty()) {
            try {
                return enhancer.enhance(upload, request);
            } catch (QueueFullException full) {
                finishOldest();
            }
        }
        return enhancer.enhance(upload, request);
    }

    /** @return how many failed */
    int finish() throws InterruptedException {
        while (!begun.isEmpty()) {
            finishOldest();
        }
        return failed;
    }

    private void finishOldest() throws InterruptedException {
        Begun oldest = begun.remove();
        try {
            EnhanceResult result = oldest.enhancement().result().toCompletableFuture().get();
            Path target = results.write(oldest.original(), result.image());
            out.printf("%s -> %s  (%s, %s%s)%n", oldest.original().file(), target, result.checkpoint().split(" ")[0], result.device(),
                    result.told().noise().map(noise -> ", " + noise).orElse(""));
        } catch (ExecutionException e) {
            failed(oldest.original(), e.getCause().getMessage());
        } catch (IOException e) {
            failed(oldest.original(), "the result cannot be written: " + e.getMessage());
        }
    }

    private void failed(Original original, String reason) {
        failed++;
        err.printf("%s: %s%n", original.file(), reason);
    }

    private static ByteBuffer map(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
        }
    }
}
