package dev.darkroom.http.body;

import dev.darkroom.http.MalformedFormException;
import dev.darkroom.http.MissingPartException;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jboss.resteasy.reactive.common.headers.HeaderUtil;
import org.jboss.resteasy.reactive.server.core.multipart.MultipartParser;

/** A multipart/form-data body that has arrived (RFC 7578); its files are where they are in it. */
public record Form(List<File> files) {
    /** The parser takes headers, and what stands before the first part, of any length. */
    private static final int LONGEST_WITHOUT_DATA = 16 << 10;
    private static final int STEP = 4 << 10;

    /**
     * One part.
     *
     * @param name     of the form's field
     * @param fileName as the sender has it, or null
     */
    public record File(String name, String fileName, ByteBuffer bytes) {}

    /**
     * The form that a request has brought, which stays the request's.
     *
     * @throws MalformedFormException if it is none
     */
    public static Form of(RoutingContext context) {
        String boundary = boundary(context.request().getHeader("Content-Type"));
        return Upload.seenIn(context, body -> read(body, boundary));
    }

    private static String boundary(String contentType) {
        try {
            return HeaderUtil.extractQuotedValueFromHeader(contentType, "boundary");
        } catch (RuntimeException e) {
            throw new MalformedFormException();
        }
    }

    /** @throws MalformedFormException if the parts cannot be told apart, or there are too many */
    public static Form read(ByteBuffer body, String boundary) {
        if (boundary == null || boundary.isEmpty()) {
            throw new MalformedFormException();
        }
        try {
            ByteBuffer rest = body.slice();
            int size = rest.limit();
            var parts = new FormParts(rest, boundary);
            var parser = MultipartParser.beginParse(parts, boundary.getBytes(StandardCharsets.UTF_8), "UTF-8");
            while (rest.position() < size && !parser.isComplete()) {
                parser.parse(rest.limit(Math.min(size, rest.position() + STEP)));
                parts.requireProgress(LONGEST_WITHOUT_DATA);
            }
            if (!parser.isComplete()) {
                throw new MalformedFormException();
            }
            return new Form(parts.files());
        } catch (IOException | RuntimeException e) {
            throw new MalformedFormException(); // whatever the parser happens to run into
        }
    }

    /** @throws MissingPartException if there is none of that name */
    public File file(String name) {
        return files.stream().filter(file -> file.name().equals(name)).findFirst()
                .orElseThrow(() -> new MissingPartException("the form has no file part named " + name));
    }
}
