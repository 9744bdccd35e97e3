package dev.darkroom.model.torchscript;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** A TorchScript archive whose files can be changed and packed again. */
public final class Repacked {
    private final Map<String, byte[]> files = new LinkedHashMap<>();

    public static Repacked of(Path archive) throws IOException {
        var repacked = new Repacked();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(Files.readAllBytes(archive)))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                repacked.files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return repacked;
    }

    public Repacked with(String suffix, UnaryOperator<String> change) {
        String name = files.keySet().stream().filter(file -> file.endsWith(suffix)).findFirst().orElseThrow();
        files.put(name, change.apply(new String(files.get(name), StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    Repacked add(String name, String content) {
        files.put(name, content.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /** Stored, as the engine wants it. */
    public byte[] bytes() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var file : files.entrySet()) {
                var entry = new ZipEntry(file.getKey());
                var crc = new CRC32();
                crc.update(file.getValue());
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(file.getValue().length);
                entry.setCrc(crc.getValue());
                zip.putNextEntry(entry);
                zip.write(file.getValue());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
