package dev.darkroom.http.body;

import dev.darkroom.http.MalformedFormException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jboss.resteasy.reactive.common.headers.HeaderUtil;
import org.jboss.resteasy.reactive.common.util.CaseInsensitiveMap;
import org.jboss.resteasy.reactive.server.core.multipart.MultipartParser;

/** Where the files of a form begin and end, while it is being parsed. */
final class FormParts implements MultipartParser.PartHandler {
    private static final int MOST = 1000;
    /** What file systems take. */
    private static final int LONGEST_NAME = 255;
    /** RFC 7578 has no others. */
    private static final Set<String> AS_THEY_ARE = Set.of("", "7bit", "8bit", "binary");

    private final ByteBuffer body;
    /** CR, LF and two hyphens before it. */
    private final int delimiterBytes;
    private final List<Form.File> files = new ArrayList<>();
    private CaseInsensitiveMap<String> headers;
    private int began;
    private int progress;

    /** @param body whose position is where the parser is */
    FormParts(ByteBuffer body, String boundary) {
        this.body = body;
        delimiterBytes = boundary.getBytes(java.nio.charset.StandardCharsets.UTF_8).length + 4;
    }

    @Override
    public void beginPart(CaseInsensitiveMap<String> headersOfPart) {
        headers = headersOfPart;
        began = body.position();
        String encoding = headers.getFirst("Content-Transfer-Encoding");
        if (files.size() == MOST || !AS_THEY_ARE.contains(encoding == null ? "" : encoding.strip().toLowerCase(Locale.ROOT))) {
            throw new MalformedFormException();
        }
        progress = began;
    }

    @Override
    public void data(ByteBuffer bytes) {
        progress = body.position();
    }

    @Override
    public void endPart() {
        String disposition = headers.getFirst("Content-Disposition");
        if (disposition != null && disposition.startsWith("form-data")) {
            int end = Math.max(began, body.position() - delimiterBytes);
            files.add(new Form.File(String.valueOf(cut(HeaderUtil.extractQuotedValueFromHeader(disposition, "name"))),
                    cut(HeaderUtil.extractQuotedValueFromHeaderWithEncoding(disposition, "filename")), body.slice(began, end - began)));
        }
        progress = body.position();
    }

    /** Names stay on the heap as long as the work does. */
    private static String cut(String name) {
        return name == null ? null : name.substring(0, Math.min(LONGEST_NAME, name.length()));
    }

    /** @throws MalformedFormException after so many bytes that belong to no part */
    void requireProgress(int most) {
        if (body.position() - progress > most) {
            throw new MalformedFormException();
        }
    }

    List<Form.File> files() {
        return List.copyOf(files);
    }
}
