package dev.darkroom.train.photo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.train.photo.JpegTraces.Chroma;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JpegTracesTest {
    private static final int[] ZIGZAG_ROW_1 = {0, 1, 5, 6, 14, 15, 27, 28};
    private static final int[] ZIGZAG_ROW_2 = {2, 4, 7, 13, 16, 26, 29, 42};

    /** libjpeg's tables at quality 20: (v * 250 + 50) / 100 of Annex K's. */
    @Test
    void quantisesByTheStandardsTables() {
        byte[] file = file(20, Chroma.HALVED);

        assertThat(table(file, 0, ZIGZAG_ROW_1)).containsExactly(40, 28, 25, 40, 60, 100, 128, 153);
        assertThat(table(file, 0, ZIGZAG_ROW_2)).containsExactly(30, 30, 35, 48, 65, 145, 150, 138);
        assertThat(table(file, 1, ZIGZAG_ROW_1)).containsExactly(43, 45, 60, 118, 248, 248, 248, 248);
    }

    @ParameterizedTest
    @CsvSource({"HALVED,34", "FULL,17"})
    void samplesChromaAsAsked(Chroma chroma, int lumaFactors) {
        byte[] file = file(50, chroma);
        int frame = find(file, 0xC0);

        assertThat(file[frame + 11]).isEqualTo((byte) lumaFactors); // 0x22 or 0x11
    }

    @Test
    void keepsTheOrderOfColours() {
        byte[] red = new byte[3 * 256];
        for (int i = 0; i < red.length; i += 3) {
            red[i] = (byte) 200;
        }
        byte[] left = JpegTraces.left(red, 16, 16, 3, 95, Chroma.FULL);

        assertThat(left[0] & 0xff).isGreaterThan(190);
        assertThat(left[2] & 0xff).isLessThan(10);
    }

    private static byte[] file(int quality, Chroma chroma) {
        try (var scope = new PointerScope()) {
            var file = JpegTraces.file(new byte[3 * 256], 16, 16, 3, quality, chroma);
            byte[] bytes = new byte[(int) file.limit()];
            file.get(bytes);
            return bytes;
        }
    }

    /** Entries of quantisation table {@code number} (0 luma, 1 chroma). */
    private static int[] table(byte[] file, int number, int[] zigzag) {
        int segment = find(file, 0xDB);
        while ((file[segment + 4] & 0xf) != number) {
            segment += 2 + (file[segment + 2] & 0xff) * 256 + (file[segment + 3] & 0xff);
        }
        int[] entries = new int[zigzag.length];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = file[segment + 5 + zigzag[i]] & 0xff;
        }
        return entries;
    }

    private static int find(byte[] file, int marker) {
        for (int i = 0; ; i++) {
            if ((file[i] & 0xff) == 0xff && (file[i + 1] & 0xff) == marker) {
                return i;
            }
        }
    }
}
