package dev.darkroom.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

public class ProcessMemoryTest {
    private static final Pattern OPTIONS = Pattern.compile("-Xmx(\\d+)m -XX:MaxDirectMemorySize=(\\d+)m");

    /** What the launcher gives the Java virtual machine, and what that leaves. */
    public static ProcessMemory shared(long total) throws Exception {
        Process script = new ProcessBuilder("docker/memory", Long.toString(total)).start();
        Matcher options = OPTIONS.matcher(new String(script.getInputStream().readAllBytes()).strip());
        assertThat(options.matches()).isTrue();
        return new ProcessMemory(total, Long.parseLong(options.group(1)) << 20, Long.parseLong(options.group(2)) << 20);
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 4, 5, 8, 16, 20, 64, 500})
    void fitsTheContainerWhateverItsSize(long gibibytes) throws Exception {
        ProcessMemory memory = shared(gibibytes << 30);

        assertThat(memory.has(memory.forPictures())).isTrue();
        assertThat(memory.forPictures()).isLessThanOrEqualTo(memory.total() / 2);
    }

    @Test
    void saysWhenItDoesNotFit() throws Exception {
        ProcessMemory memory = shared(4L << 30);

        assertThat(memory.has(3L << 30)).isFalse();
        assertThat(memory.with(3L << 30)).isEqualTo("of 4096 MB of memory, 512 are for the heap, 256 for buffers, 3072 for pictures and 1310 for the engine");
    }

    @Test
    void knowsThisProcess() {
        ProcessMemory here = ProcessMemory.ofThisProcess();

        assertThat(here.heap()).isEqualTo(Runtime.getRuntime().maxMemory());
        assertThat(here.total()).isGreaterThan(here.heap());
        assertThat(here.forPictures()).isPositive();
    }
}
