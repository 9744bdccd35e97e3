package dev.darkroom.model.torchscript;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A trace that no longer remembers where it was made: what it created on the CPU, or on the first GPU, it creates where its input is.
 *
 * <p>Each method's {@code torch.device("cpu")} becomes the device of its first tensor. Tensors' own places are the loader's business.
 * What only debuggers want, and the pictures that a trace was made with, are left out.
 */
public final class DeviceFreeArchive {
    private static final Pattern CODE = Pattern.compile("[^/]+/code/.*\\.py");
    private static final Pattern LEFT_OUT = Pattern.compile("[^/]+/(code/.*\\.debug_pkl|traced_inputs(\\.pkl|/.*))");
    private static final Pattern METHOD = Pattern.compile("(?m)^ *def ");
    private static final Pattern FIRST_TENSOR = Pattern.compile("[(,]\\s*([A-Za-z_][A-Za-z_0-9]*): Tensor\\b");
    private static final Pattern DEVICE = Pattern.compile("torch\\.device\\(\"(?:cpu|cuda(?::[0-9])?)\"\\)");

    private DeviceFreeArchive() {}

    /** Writes the changed archive, file by file, so that a large one is never in memory. */
    public static void write(Path from, Path to) throws IOException {
        try (var in = new ZipFile(from.toFile()); OutputStream file = Files.newOutputStream(to); var out = new ZipOutputStream(file)) {
            for (ZipEntry entry : Collections.list(in.entries())) {
                if (!LEFT_OUT.matcher(entry.getName()).matches()) {
                    copy(in, entry, out);
                }
            }
        }
    }

    private static void copy(ZipFile in, ZipEntry entry, ZipOutputStream out) throws IOException {
        boolean code = CODE.matcher(entry.getName()).matches();
        var copy = new ZipEntry(entry.getName());
        copy.setTime(0);
        if (!code) {
            copy.setMethod(ZipEntry.STORED);
            copy.setSize(entry.getSize());
            copy.setCrc(entry.getCrc());
        }
        out.putNextEntry(copy);
        try (InputStream content = in.getInputStream(entry)) {
            if (code) {
                out.write(withoutDevices(new String(content.readAllBytes(), StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1));
            } else {
                content.transferTo(out);
            }
        }
    }

    static String withoutDevices(String code) {
        var changed = new StringBuilder();
        Matcher method = METHOD.matcher(code);
        int begin = 0;
        while (method.find()) {
            changed.append(inMethod(code.substring(begin, method.start())));
            begin = method.start();
        }
        return changed.append(inMethod(code.substring(begin))).toString();
    }

    /** The arguments end where the line does that the colon ends; none of them has a parenthesis. */
    private static String inMethod(String method) {
        Matcher tensor = FIRST_TENSOR.matcher(method);
        int end = method.indexOf(')');
        boolean found = end >= 0 && tensor.region(0, end).find();
        return found ? DEVICE.matcher(method).replaceAll(Matcher.quoteReplacement("ops.prim.device(" + tensor.group(1) + ")")) : method;
    }
}
