package dev.darkroom.http.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.http.MalformedFormException;
import dev.darkroom.http.MissingPartException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 4095, 4096, 4097, 100_000})
    void findsItsFilesWhereTheyAre(int size) {
        byte[] file = new byte[size];
        new Random(size).nextBytes(file);
        Form form = read(join(part("reference", "a b.png", ""), file, part("\r\n", "candidate", "\u00fc.png", ""), file, end()));

        assertThat(form.files()).extracting(Form.File::name).containsExactly("reference", "candidate");
        assertThat(form.files()).extracting(Form.File::fileName).containsExactly("a b.png", "\u00fc.png");
        assertThat(form.files()).extracting(Form.File::bytes).containsOnly(ByteBuffer.wrap(file));
        assertThat(form.file("candidate").bytes()).isEqualTo(ByteBuffer.wrap(file));
    }

    @Test
    void keepsWhatOnlyBeginsLikeABoundary() {
        byte[] file = "\r\n--\r\n--bound\r\r\n--boundar\n--boundary".getBytes(UTF_8);
        assertThat(read(join(part("image", "a", ""), file, end())).file("image").bytes()).isEqualTo(ByteBuffer.wrap(file));
    }

    @Test
    void namesThePartThatIsMissing() {
        Form form = read(join(part("image", "a", ""), end()));
        assertThatExceptionOfType(MissingPartException.class).isThrownBy(() -> form.file("picture")).withMessageContaining("picture");
    }

    @Test
    void refusesWhatIsCutShort() {
        byte[] whole = join(part("image", "a", ""), new byte[10], end());
        for (int length = 0; length < whole.length - 4; length++) {
            refuses(Arrays.copyOf(whole, length));
        }
    }

    @Test
    void refusesHeadersWithoutEndAndPartsWithoutNumber() {
        byte[] long1 = new byte[1 << 20];
        Arrays.fill(long1, (byte) 'x');
        refuses(join("--boundary\r\n".getBytes(UTF_8), long1, ": x\r\n\r\n".getBytes(UTF_8), end()));
        refuses(join(long1, part("image", "a", ""), end()));
        byte[] many = new byte[0];
        byte[] one = join(part("image", "a", ""), "\r\n".getBytes(UTF_8));
        for (int i = 0; i < 11; i++) {
            many = i == 0 ? one : join(many, many);
        }
        refuses(join(many, end()));
    }

    @Test
    void refusesPartsThatWouldHaveToBeDecoded() {
        refuses(join(part("image", "a", "Content-Transfer-Encoding: base64\r\n"), "AAAA".getBytes(UTF_8), end()));
    }

    @Test
    void refusesAFormWithoutBoundary() {
        assertThatExceptionOfType(MalformedFormException.class).isThrownBy(() -> Form.read(ByteBuffer.allocate(10), null));
    }

    private static void refuses(byte[] body) {
        assertThatExceptionOfType(MalformedFormException.class).isThrownBy(() -> read(body));
    }

    private static Form read(byte[] body) {
        return Form.read(ByteBuffer.wrap(body), "boundary");
    }

    private static byte[] part(String name, String file, String header) {
        return part("", name, file, header);
    }

    private static byte[] part(String before, String name, String file, String header) {
        return ("%s--boundary\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\n%s\r\n".formatted(before, name, file, header)).getBytes(UTF_8);
    }

    private static byte[] end() {
        return "\r\n--boundary--\r\n".getBytes(UTF_8);
    }

    private static byte[] join(byte[]... pieces) {
        var all = ByteBuffer.allocate(Arrays.stream(pieces).mapToInt(piece -> piece.length).sum());
        for (byte[] piece : pieces) {
            all.put(piece);
        }
        return all.array();
    }
}
