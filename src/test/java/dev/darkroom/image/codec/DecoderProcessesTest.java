package dev.darkroom.image.codec;

import static dev.darkroom.image.Pictures.samples;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.darkroom.image.ImageDecoder;
import dev.darkroom.image.Photo;
import dev.darkroom.image.Pictures;
import dev.darkroom.image.file.CameraFiles;
import dev.darkroom.image.file.DamagedImageException;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.strange.RareFiles;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
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

    @Test
    void decodesRareKindsApartUnasked() {
        try (var rare = new RareKinds()) {
            var unasked = new ImageDecoder(Pictures.LIMITS, rare);
            for (byte[] file : RareFiles.all()) {
                try (Photo inside = Pictures.decode(file); Photo apart = unasked.decode(ByteBuffer.wrap(file))) {
                    assertThat(samples(apart.pixels())).isEqualTo(samples(inside.pixels()));
                    assertThat(apart.pixels().bits()).isEqualTo(inside.pixels().bits());
                }
            }
        }
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
        await().until(() -> processes.running().isEmpty()); // none is idle
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

    /** Whose file alone has half as many bytes as the process has heap. */
    @Test
    void decodesALargeFile() {
        byte[] file = Pictures.encode(Pictures.photo(16, 16, 3, 8, false), ImageFormat.TIFF);
        byte[] large = uncompressed(7000, 5700);
        assertThat(large.length).isGreaterThan(119_000_000);
        decoder.decode(ByteBuffer.wrap(file)).close();
        try (Photo photo = decoder.decode(ByteBuffer.wrap(large))) {
            assertThat(photo.pixels().width()).isEqualTo(7000);
        }
        assertThat(processes.running()).hasSize(1);
    }

    @Test
    void givesUpADecoderThatTakesTooLong() throws Exception {
        byte[] small = Pictures.encode(Pictures.photo(20, 10, 3, 8, false), ImageFormat.PNG);
        decoder.decode(ByteBuffer.wrap(small)).close();
        ProcessHandle victim = processes.running().get(0);
        signal("STOP", victim);

        assertThatThrownBy(() -> decoder.decode(ByteBuffer.wrap(small), Duration.ofMillis(300))).isInstanceOf(DamagedImageException.class);
        assertThat(victim.onExit().get(1, TimeUnit.MINUTES).isAlive()).isFalse();
        decoder.decode(ByteBuffer.wrap(small)).close();
    }

    private static byte[] uncompressed(int width, int height) {
        int[][] fields = {{256, width}, {257, height}, {258, 8}, {259, 1}, {262, 2}, {273, 128}, {277, 3}, {278, height}, {279, width * height * 3}};
        var file = ByteBuffer.allocate(128 + width * height * 3).order(ByteOrder.LITTLE_ENDIAN).put(new byte[] {'I', 'I', 42, 0}).putInt(8).putShort((short) fields.length);
        for (int[] field : fields) {
            file.putShort((short) field[0]).putShort((short) 4).putInt(1).putInt(field[1]);
        }
        return file.putInt(0).array();
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
