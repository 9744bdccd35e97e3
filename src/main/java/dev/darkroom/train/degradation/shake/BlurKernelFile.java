package dev.darkroom.train.degradation.shake;

import dev.darkroom.model.numpy.MalformedArchiveException;
import dev.darkroom.model.numpy.NumpyArchive;
import dev.darkroom.train.photo.PhotoFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Measured blur kernels: the square arrays of a NumPy archive, for example those of Levin et al. 2009. */
public final class BlurKernelFile {
    private BlurKernelFile() {}

    /**
     * @param named the file; null: one beside {@code set} whose name ends in {@code kernels.npz}
     * @return no kernels if none was named and none is there
     */
    public static List<BlurKernel> find(Path named, Path set) {
        return named != null ? read(named) : beside(set).stream().findFirst().map(BlurKernelFile::read).orElse(List.of());
    }

    private static List<Path> beside(Path set) {
        Path parent = set.toAbsolutePath().normalize().getParent();
        try (Stream<Path> files = Files.list(parent)) {
            return files.filter(file -> file.getFileName().toString().endsWith("kernels.npz")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<BlurKernel> read(Path file) {
        try {
            return NumpyArchive.read(file).values().stream().map(array -> {
                float[] values = array.data();
                double[] exact = new double[values.length];
                for (int i = 0; i < values.length; i++) {
                    exact[i] = values[i];
                }
                return BlurKernel.measured(exact, (int) array.shape()[0]);
            }).toList();
        } catch (MalformedArchiveException e) {
            throw PhotoFileException.noKernels(file, e);
        }
    }
}
