package dev.darkroom.model.store;

import static dev.darkroom.model.store.Checkpoints.PDL_1;
import static dev.darkroom.model.store.Checkpoints.PDL_2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.model.CheckpointId;
import dev.darkroom.model.CheckpointRefusedException;
import dev.darkroom.model.Manifest;
import dev.darkroom.model.ManifestException;
import dev.darkroom.model.ModelRequest;
import dev.darkroom.model.Sha256;
import dev.darkroom.model.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointPublisherTest {

    private static final Manifest MANIFEST = Checkpoints.manifest(PDL_1, "0".repeat(64));

    @TempDir
    Path folder;

    private Path root;
    private Path model;
    private CheckpointPublisher publisher;

    @BeforeEach
    void writeAModel() throws IOException {
        root = folder.resolve("store");
        model = Files.write(folder.resolve("trained.pt"), Checkpoints.torchScript("trained"));
        publisher = new CheckpointPublisher(root);
    }

    @Test
    void publishesWhatTheStoreThenServes() {
        publisher.publish(MANIFEST, model);

        var store = new ModelStore<>(root, new FakeLoader());
        store.reload();
        try (var lease = store.acquire(Task.DENOISE, ModelRequest.parse("pdl"))) {
            assertThat(lease.manifest())
                    .isEqualTo(MANIFEST.describing(1, Sha256.of(Checkpoints.torchScript("trained"))));
        }
    }

    @Test
    void countsVersionsUp() {
        assertThat(publisher.publishNext(MANIFEST, model)).isEqualTo(PDL_1);
        assertThat(publisher.publishNext(MANIFEST, model)).isEqualTo(PDL_2);
    }

    @Test
    void recordsResultsInPlaceOfEarlierOnesForTheSameSets() {
        publisher.publish(MANIFEST, model);
        var blurred = new Manifest.Evaluation("set5", "x4", null, "psnr", 28, "higher");
        var sharp = new Manifest.Evaluation("set5", "x4", null, "psnr", 32, "higher");
        var other = new Manifest.Evaluation("set14", "x4", null, "psnr", 28, "higher");

        publisher.record(PDL_1, List.of(blurred, other));
        publisher.record(PDL_1, List.of(sharp));

        Manifest recorded = Manifest.read(PDL_1, root.resolve("denoise/pdl/1/manifest.json"));
        assertThat(recorded.evaluation()).endsWith(other, sharp).doesNotContain(blurred);
        assertThat(recorded.evaluated(List.of())).isEqualTo(MANIFEST.describing(1, recorded.sha256()).evaluated(List.of()));
    }

    @Test
    void neverChangesAPublishedVersion() throws IOException {
        publisher.publish(MANIFEST, model);
        Files.write(model, Checkpoints.torchScript("another"));

        assertThatExceptionOfType(VersionExistsException.class).isThrownBy(() -> publisher.publish(MANIFEST, model))
                .withMessage("denoise/pdl@1 exists already");

        assertThat(root.resolve("denoise/pdl/1/model.pt")).hasBinaryContent(Checkpoints.torchScript("trained"));
    }

    @Test
    void leavesNothingBehindWhenItFails() throws IOException {
        Files.write(model, new byte[100]);
        var unfit = new Manifest.SelfTest(MANIFEST.selfTest().input(), null, MANIFEST.selfTest().output(), 1);

        assertThatExceptionOfType(CheckpointRefusedException.class)
                .isThrownBy(() -> publisher.publish(MANIFEST, model));
        Files.write(model, Checkpoints.torchScript("trained"));
        assertThatExceptionOfType(ManifestException.class)
                .isThrownBy(() -> publisher.publish(Checkpoints.withSelfTest(MANIFEST, unfit), model));

        assertThat(filesOf(root.resolve("denoise/pdl"))).isEmpty();
    }

    @Test
    void givesEachOfManyPublishersAVersionOfItsOwn() throws Exception {
        int publishers = 6;
        var together = new CyclicBarrier(publishers);
        ExecutorService threads = Executors.newFixedThreadPool(publishers);
        try {
            List<Future<CheckpointId>> published = new ArrayList<>();
            for (int i = 0; i < publishers; i++) {
                published.add(threads.submit(() -> {
                    together.await();
                    return publisher.publishNext(MANIFEST, model);
                }));
            }
            List<Integer> versions = new ArrayList<>();
            for (Future<CheckpointId> id : published) {
                versions.add(id.get().version());
            }
            assertThat(versions).containsExactlyInAnyOrderElementsOf(
                    IntStream.rangeClosed(1, publishers).boxed().toList());
        } finally {
            threads.shutdownNow();
        }
        assertThat(filesOf(root.resolve("denoise/pdl"))).hasSize(publishers);
    }

    private static List<Path> filesOf(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
