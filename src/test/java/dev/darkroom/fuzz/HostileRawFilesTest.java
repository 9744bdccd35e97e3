package dev.darkroom.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** DNGs with fields that lie: of another type or count, in another place, or with other values; read, or refused as what they are. */
class HostileRawFilesTest {
    private static final int INPUTS = Integer.getInteger("fuzz.inputs", 2000);
    private static final long SEED = Long.getLong("fuzz.seed", 20261130);
    private static final int ENTRY = 12;
    private static final int SUB_DIRECTORIES = 330;
    private static final long[] LIES = {0, 1, 2, 3, 7, 8, 9, 16, 255, 256, 4096, 65_535, 65_536, 1 << 20, 1 << 24, 0x7fffffffL, 0x80000000L, 0xfffffffeL, 0xffffffffL};

    private final Random random = new Random(SEED);

    @Test
    void areReadOrRefused() {
        List<byte[]> seeds = SeedRawFiles.sound();
        int refused = 0;
        for (int i = 0; i < INPUTS; i++) {
            ByteBuffer file = ByteBuffer.wrap(seeds.get(random.nextInt(seeds.size())).clone());
            file.order(file.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            for (int lies = 1 + random.nextInt(3); lies > 0; lies--) {
                lie(file);
            }
            try {
                refused += Untrusted.DNG.accepts(file.array()) ? 0 : 1;
            } catch (RuntimeException e) {
                fail("input %d of seed %d".formatted(i, SEED), e);
            }
        }
        System.out.printf("%d DNGs with fields that lie: %d refused%n", INPUTS, refused);
        assertThat(refused).isGreaterThan(INPUTS / 4);
    }

    private void lie(ByteBuffer file) {
        int directory = random.nextBoolean() ? 8 : below(file, 8);
        int entries = Math.max(1, Math.min(60, file.getShort(directory)));
        int at = directory + 2 + ENTRY * random.nextInt(entries);
        if (at + ENTRY > file.capacity()) {
            return;
        }
        int lie = (int) LIES[random.nextInt(LIES.length)];
        switch (random.nextInt(5)) {
            case 0 -> file.putShort(at + 2, (short) random.nextInt(20));
            case 1 -> file.putInt(at + 4, random.nextBoolean() ? lie : random.nextInt(40));
            case 2 -> file.putInt(at + 8, lie);
            case 3 -> file.putInt(at + 8, random.nextInt(file.capacity()));
            default -> {
                int value = file.getInt(at + 8);
                if (value > 0 && value <= file.capacity() - 8) {
                    file.putInt(value + 4 * random.nextInt(2), lie);
                }
            }
        }
    }

    /** The photograph's directory, if there is one below the first. */
    private static int below(ByteBuffer file, int directory) {
        for (int i = 0; i < Math.min(60, file.getShort(directory)); i++) {
            int at = directory + 2 + ENTRY * i;
            if (at + ENTRY <= file.capacity() && (file.getShort(at) & 0xffff) == SUB_DIRECTORIES) {
                int below = file.getInt(at + 8);
                return below > 0 && below < file.capacity() - 2 ? below : directory;
            }
        }
        return directory;
    }
}
