package dev.darkroom.compare.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.compare.Comparison.Compared;
import dev.darkroom.http.FileName;
import dev.darkroom.memory.NativeBytes;
import dev.darkroom.score.PictureFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A comparison as the answer to a request.
 *
 * @param headers of the answer
 * @param body    whoever gets it closes it
 */
record CompareAnswer(Map<String, String> headers, NativeBytes body) {
    private static final String REPORT = "comparison.json";

    static CompareAnswer of(Compared compared, CompareForm form, ObjectMapper json) {
        try {
            byte[] report = json.writeValueAsBytes(compared.report());
            return switch (form) {
                case JSON -> new CompareAnswer(headers(form.mediaType()), NativeBytes.of(ByteBuffer.wrap(report)));
                case MULTIPART -> multipart(compared, report);
                case ZIP -> zip(compared, report);
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> headers(String mediaType) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Type", mediaType);
        headers.put("Vary", "Accept");
        return headers;
    }

    /** RFC 2046; every part says how long it is, so that nobody has to look for the boundary in a picture. */
    private static CompareAnswer multipart(Compared compared, byte[] report) throws IOException {
        String boundary = "darkroom-" + UUID.randomUUID();
        NativeBytes body = NativeBytes.withRoomFor(length(compared, report));
        part(body, boundary, "application/json", REPORT, ByteBuffer.wrap(report));
        for (int i = 0; i < compared.pictures().size(); i++) {
            PictureFile picture = compared.pictures().get(i);
            part(body, boundary, compared.report().results().get(i).picture().type(), picture.name(), picture.bytes().duplicate());
        }
        body.append(ascii("--" + boundary + "--\r\n"));
        return new CompareAnswer(headers("multipart/mixed; boundary=" + boundary), body);
    }

    private static void part(NativeBytes to, String boundary, String type, String name, ByteBuffer content) {
        to.append(ascii("--%s\r\nContent-Type: %s\r\nContent-Disposition: attachment; filename=\"%s\"\r\nContent-Length: %d\r\n\r\n"
                .formatted(boundary, type, name, content.remaining())));
        to.append(content);
        to.append(ascii("\r\n"));
    }

    private static ByteBuffer ascii(String text) {
        return StandardCharsets.US_ASCII.encode(text);
    }

    private static CompareAnswer zip(Compared compared, byte[] report) throws IOException {
        NativeBytes body = NativeBytes.withRoomFor(length(compared, report));
        try (var archive = new ZipOutputStream(into(body))) {
            archive.setMethod(ZipOutputStream.STORED); // pictures have been made small by their format
            entry(archive, REPORT, ByteBuffer.wrap(report));
            for (PictureFile picture : compared.pictures()) {
                entry(archive, picture.name(), picture.bytes().duplicate());
            }
        }
        Map<String, String> headers = headers(CompareForm.ZIP.mediaType());
        headers.put("Content-Disposition", "attachment; filename=\"%s-compare-%s.zip\"".formatted(
                FileName.stem(compared.report().input().name()), compared.report().task()));
        return new CompareAnswer(headers, body);
    }

    private static OutputStream into(NativeBytes bytes) {
        return new OutputStream() {
            @Override
            public void write(int value) {
                bytes.append(ByteBuffer.wrap(new byte[] {(byte) value}));
            }

            @Override
            public void write(byte[] values, int from, int length) {
                bytes.append(ByteBuffer.wrap(values, from, length));
            }
        };
    }

    private static void entry(ZipOutputStream archive, String name, ByteBuffer content) throws IOException {
        var checksum = new CRC32();
        checksum.update(content.duplicate());
        var entry = new ZipEntry(name);
        entry.setSize(content.remaining());
        entry.setCompressedSize(content.remaining());
        entry.setCrc(checksum.getValue());
        archive.putNextEntry(entry);
        Channels.newChannel(archive).write(content);
        archive.closeEntry();
    }

    private static int length(Compared compared, byte[] report) {
        int ofNames = 1024;
        return Math.addExact(report.length, compared.pictures().stream().mapToInt(picture -> ofNames + picture.bytes().remaining()).reduce(ofNames, Math::addExact));
    }
}
