package dev.darkroom.fuzz;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A multipart body with the boundary {@code b}, read as the service does. */
final class Form {
    private Form() {}

    static void read(byte[] body) {
        dev.darkroom.http.body.Form.read(ByteBuffer.wrap(body), "b");
    }

    static List<byte[]> seeds() {
        return List.of(part("image", "filename=\"a.png\"", "8bit"), part("image", "filename=\"a\"", "base64"), part("task", "", "quoted-printable"));
    }

    private static byte[] part(String name, String file, String encoding) {
        return ("--b\r\nContent-Disposition: form-data; name=\"%s\"; %s\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: %s\r\n\r\n" + "YWJj=0D\r\n--b--\r\n")
                .formatted(name, file, encoding).getBytes(StandardCharsets.US_ASCII);
    }
}
