package dev.darkroom.fuzz;

import dev.darkroom.http.MalformedFormException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jboss.resteasy.reactive.common.util.CaseInsensitiveMap;
import org.jboss.resteasy.reactive.server.core.multipart.MultipartParser;

/** A multipart body with the boundary {@code b}, read by the framework's parser, for whose accidents the service has one answer. */
final class Form {
    private static final byte[] BOUNDARY = {'b'};

    private Form() {}

    static void read(byte[] body) {
        try {
            var state = MultipartParser.beginParse(new Parts(), BOUNDARY, "UTF-8");
            state.parse(ByteBuffer.wrap(body));
            if (!state.isComplete()) {
                throw new MalformedFormException();
            }
        } catch (IOException | RuntimeException e) {
            throw new MalformedFormException();
        }
    }

    static List<byte[]> seeds() {
        return List.of(part("image", "filename=\"a.png\"", "8bit"), part("image", "filename=\"a\"", "base64"), part("task", "", "quoted-printable"));
    }

    private static byte[] part(String name, String file, String encoding) {
        return ("--b\r\nContent-Disposition: form-data; name=\"%s\"; %s\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: %s\r\n\r\n" + "YWJj=0D\r\n--b--\r\n")
                .formatted(name, file, encoding).getBytes(StandardCharsets.US_ASCII);
    }

    private static final class Parts implements MultipartParser.PartHandler {
        @Override
        public void beginPart(CaseInsensitiveMap<String> headers) {}

        @Override
        public void data(ByteBuffer bytes) {
            bytes.position(bytes.limit());
        }

        @Override
        public void endPart() {}
    }
}
