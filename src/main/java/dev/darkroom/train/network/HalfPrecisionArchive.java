package dev.darkroom.train.network;

import ai.djl.util.Float16Utils;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A TorchScript archive whose weights take half the room: float32 tensors become float16 and the CPU's, and entries are compressed.
 *
 * <p>The modules of this project cast weights to their features' precision where they use them, so nothing else changes; the
 * rounding, one part in two thousand of each weight, is far below a step of 8 bits in what they restore. Entries for
 * debuggers, which say where a network's Python lay, are left out.
 */
public final class HalfPrecisionArchive {
    private static final String WEIGHTS = "[^/]+/data/[0-9]+";
    private static final String INDEX = "[^/]+/data\\.pkl";
    /** As the pickle names the type of all tensors' memory, once. */
    private static final String SINGLE = "torch\nFloatStorage\n";
    private static final String HALF = "torch\nHalfStorage\n";
    /** Where a tensor lived: a string after its length. PyTorch refuses a GPU's where there is none. */
    private static final String ON_A_GPU = "X\\x06\\x00\\x00\\x00cuda:[0-9]";
    private static final String ON_THE_CPU = "X\u0003\u0000\u0000\u0000cpu";

    private HalfPrecisionArchive() {}

    /**
     * Makes the smaller archive.
     *
     * @param torchScript a file as the engine writes it
     * @throws TrainingException if the module has tensors that are not float32
     */
    public static byte[] of(Path torchScript) throws IOException {
        var smaller = new ByteArrayOutputStream();
        try (var in = new ZipFile(torchScript.toFile()); var out = new ZipOutputStream(smaller)) {
            out.setLevel(Deflater.BEST_COMPRESSION);
            for (ZipEntry entry : Collections.list(in.entries())) {
                if (!entry.getName().endsWith(".debug_pkl")) {
                    ZipEntry copy = new ZipEntry(entry.getName());
                    copy.setTime(0);
                    out.putNextEntry(copy);
                    out.write(converted(entry.getName(), in.getInputStream(entry).readAllBytes()));
                }
            }
        }
        return smaller.toByteArray();
    }

    private static byte[] converted(String name, byte[] content) {
        if (name.matches(WEIGHTS)) {
            return halves(content);
        }
        return name.matches(INDEX) ? retyped(content) : content;
    }

    private static byte[] retyped(byte[] pickle) {
        String text = new String(pickle, StandardCharsets.ISO_8859_1);
        String others = text.replace(SINGLE, HALF);
        if (others.equals(text) || others.replace(HALF, "").contains("Storage\n")) {
            throw new TrainingException("only a module with nothing but float32 tensors can be stored in half precision");
        }
        return others.replaceAll(ON_A_GPU, ON_THE_CPU).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] halves(byte[] singles) {
        ByteBuffer from = ByteBuffer.wrap(singles).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer to = ByteBuffer.allocate(singles.length / 2).order(ByteOrder.LITTLE_ENDIAN);
        while (from.hasRemaining()) {
            to.putShort(Float16Utils.floatToHalf(from.getFloat()));
        }
        return to.array();
    }
}
