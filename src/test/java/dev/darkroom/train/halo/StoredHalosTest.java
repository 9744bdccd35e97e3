package dev.darkroom.train.halo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.inference.checkpoint.BareNetwork;
import dev.darkroom.model.Manifest;
import dev.darkroom.model.store.CheckpointDirectory;
import dev.darkroom.train.photo.PhotoFile;
import dev.darkroom.train.photo.Planes;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How much the seams of every checkpoint in the tree can be seen, on pictures that its halo was not measured on. */
class StoredHalosTest {
    private static final Path PHOTOGRAPHS = Path.of("docs/photographs");
    /** What is less is rounded away, but for a step here and there. */
    private static final double HALF_A_STEP = 0.5;
    private static final int SIDE = 128;

    /** Not measured, and therefore exact. */
    private static final Set<String> EXACT = Set.of("super-resolve/ensemble@1");

    static List<CheckpointDirectory> stored() {
        return CheckpointDirectory.in(Path.of("model-store")).stream().filter(checkpoint -> !EXACT.contains(checkpoint.id().toString())).toList();
    }

    @ParameterizedTest
    @MethodSource("stored")
    void noSeamIsAsMuchAsHalfAStep(CheckpointDirectory checkpoint) {
        Manifest manifest = Manifest.read(checkpoint.id(), checkpoint.manifestFile());
        assertThat(manifest.halo()).as("./darkroom halo --pictures docs/photographs %s", checkpoint.id()).isNotNull();
        assertThat(manifest.halo().difference()).isLessThanOrEqualTo(0.25);
        try (BareNetwork network = BareNetwork.open(checkpoint.modelFile())) {
            var search = new HaloSearch(manifest, network);
            assertThat(search.difference(corner(checkpoint), manifest.halo().eightBit())).isLessThan(HALF_A_STEP);
        }
    }

    /** The measurement took the middles; one photograph for each checkpoint is enough of them all. */
    private static Planes corner(CheckpointDirectory checkpoint) {
        List<PhotoFile> photographs = PhotoFile.in(PHOTOGRAPHS);
        Planes whole = photographs.get(Math.floorMod(checkpoint.id().toString().hashCode(), photographs.size())).read().whole();
        return whole.cut(whole.width() - SIDE, whole.height() - SIDE, SIDE, SIDE);
    }
}
