package dev.darkroom.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeBytesTest {
    private static final byte[] NOISE = new byte[1_000_003];

    static {
        new Random(31).nextBytes(NOISE);
    }

    @Test
    void growWithWhatIsAppended() {
        try (var bytes = NativeBytes.withRoomFor(10)) {
            for (int from = 0; from < NOISE.length; from += 777) {
                bytes.append(ByteBuffer.wrap(NOISE, from, Math.min(777, NOISE.length - from)));
            }
            assertThat(bytes.toArray()).isEqualTo(NOISE);
            assertThat(bytes.view()).isEqualTo(ByteBuffer.wrap(NOISE));
        }
    }

    @Test
    void areReadFromAFile(@TempDir Path folder) throws Exception {
        try (var bytes = NativeBytes.of(Files.write(folder.resolve("noise"), NOISE))) {
            assertThat(bytes.toArray()).isEqualTo(NOISE);
        }
    }

    @Test
    void readNumbersAsOtherBuffersDo() {
        try (var bytes = NativeBytes.of(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}))) {
            assertThat(bytes.view().getInt()).isEqualTo(0x01020304);
        }
    }

    @Test
    void giveTheirMemoryBackWhenTheyAreClosedAndNotBefore() {
        long before = Pointer.totalBytes();
        NativeBytes bytes;
        try (var scope = new PointerScope()) {
            bytes = NativeBytes.of(ByteBuffer.wrap(NOISE));
        }
        assertThat(Pointer.totalBytes() - before).isEqualTo(NOISE.length);
        assertThat(bytes.toArray()).isEqualTo(NOISE);

        bytes.close();
        bytes.close();

        assertThat(Pointer.totalBytes()).isEqualTo(before);
        assertThatIllegalStateException().isThrownBy(bytes::view);
    }

    @Test
    void mayBeNone() {
        try (var none = NativeBytes.withRoomFor(0)) {
            assertThat(none.view().remaining()).isZero();
            assertThat(none.toArray()).isEmpty();
        }
    }
}
