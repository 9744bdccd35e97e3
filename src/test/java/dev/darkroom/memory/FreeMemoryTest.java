package dev.darkroom.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

/** The allocator of the C library keeps what was freed below something that is still used, as it is after networks have been loaded. */
class FreeMemoryTest {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int BLOCK_BYTES = 64 << 10;
    private static final int BLOCKS = 4000;
    private static final long MEGABYTES = (long) BLOCKS * BLOCK_BYTES >> 20;

    @Test
    void whatNativeCodeHasFreedGoesBackToTheSystem() throws IOException {
        assumeTrue(Files.isReadable(STATUS), "no such file but on Linux");
        List<BytePointer> blocks = new ArrayList<>();
        for (int i = 0; i < BLOCKS; i++) {
            blocks.add(new BytePointer(BLOCK_BYTES).zero());
        }
        BytePointer last = blocks.remove(BLOCKS - 1);
        blocks.forEach(Pointer::deallocate);
        long before = residentMegabytes();
        FreeMemory.giveBack();
        long after = residentMegabytes();
        last.deallocate();

        assertThat(before - after).isGreaterThan(MEGABYTES / 2);
    }

    private static long residentMegabytes() throws IOException {
        return Files.readAllLines(STATUS).stream().filter(line -> line.startsWith("VmRSS:")).mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
                .findFirst().orElseThrow();
    }
}
