package dev.darkroom.image.codec;

import static dev.darkroom.image.Pictures.samples;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.image.ImageDecoder;
import dev.darkroom.image.Photo;
import dev.darkroom.image.Pictures;
import dev.darkroom.image.file.CameraFiles;
import dev.darkroom.image.file.DamagedImageException;
import dev.darkroom.image.file.ImageFormat;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DecoderProcessesTest {
    private final DecoderProcesses processes = new DecoderProcesses(1);
    private final ImageDecoder decoder = new ImageDecoder(Pictures.LIMITS, processes);

    @AfterEach
    void end() {
        processes.close();
    }

    @Test
    void decodesAsTheServiceItselfDoes() {
        for (ImageFormat format : ImageFormat.WRITTEN) {
            int bits = format.holds16Bit() ? 16 : 8;
            byte[] file = CameraFiles.camera(Pictures.photo(67, 45, 3, bits, format.holdsAlpha()), format, 6);
            try (Photo inside = Pictures.decode(file); Photo apart = decoder.decode(ByteBuffer.wrap(file))) {
                assertThat(samples(apart.pixels())).isEqualTo(samples(inside.pixels()));
                assertThat(apart.alpha().map(Pictures::samples)).usingRecursiveComparison().isEqualTo(inside.alpha().map(Pictures::samples));
            }
            assertThatThrownBy(() -> decoder.decode(ByteBuffer.wrap(Arrays.copyOf(file, file.length * 2 / 3)))).isInstanceOf(DamagedImageException.class);
        }
        assertThat(processes.running()).hasSize(1);
    }

    /** A native crash, as the kernel reports it, in the middle of a picture that is too large for the pipe. */
    @Test
    void outlivesACrash() throws Exception {
        byte[] small = Pictures.encode(Pictures.photo(20, 10, 3, 8, false), ImageFormat.PNG);
        decoder.decode(ByteBuffer.wrap(small)).close();
        ProcessHandle victim = processes.running().get(0);
        byte[] large = Pictures.encode(Pictures.photo(3000, 2000, 3, 16, false), ImageFormat.PNG);
        signal("STOP", victim); // so that the crash comes while it has the picture
        var answer = CompletableFuture.supplyAsync(() -> decoder.decode(ByteBuffer.wrap(large)));
        assertThat(answer).isNotDone();
        signal("SEGV", victim);
        signal("CONT", victim);

        assertThatThrownBy(() -> answer.get(1, TimeUnit.MINUTES)).hasCauseInstanceOf(DamagedImageException.class);
        assertThat(victim.onExit().get(1, TimeUnit.MINUTES).isAlive()).isFalse();
        try (Photo next = decoder.decode(ByteBuffer.wrap(small))) {
            assertThat(next.pixels().width()).isEqualTo(20);
        }
        assertThat(processes.running()).hasSize(1).doesNotContain(victim);
    }

    @Test
    void leavesNoProcessBehind() throws Exception {
        decoder.decode(ByteBuffer.wrap(Pictures.encode(Pictures.photo(20, 10, 3, 8, false), ImageFormat.PNG))).close();
        ProcessHandle process = processes.running().get(0);
        processes.close();
        assertThat(process.onExit().get(1, TimeUnit.MINUTES).isAlive()).isFalse();
    }

    private static void signal(String name, ProcessHandle process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start().waitFor()).isZero();
    }
}
