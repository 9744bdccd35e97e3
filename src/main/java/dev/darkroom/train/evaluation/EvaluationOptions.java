package dev.darkroom.train.evaluation;

import dev.darkroom.model.Task;
import dev.darkroom.train.degradation.BlurKernelFile;
import dev.darkroom.train.degradation.NoiseProtocol;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Option;

/** How pictures are degraded to be restored; each task looks at what concerns it. */
final class EvaluationOptions {

    @Option(names = "--sigma", split = ",",
            description = "denoise, demosaic: noise levels on the 0..255 scale. Default: 15,25,50 and 0,10.")
    private List<Double> sigmas255 = List.of();

    @Option(names = "--protocol", split = ",", defaultValue = "clipped,float",
            description = "denoise: clipped: noise as 8-bit files carry it; float: unclipped, as the literature adds it. "
                    + "Default: ${DEFAULT-VALUE}.")
    private List<NoiseProtocol> protocols;

    @Option(names = "--jpeg-quality", split = ",", defaultValue = "10,20,40",
            description = "dejpeg: libjpeg's scale. Default: ${DEFAULT-VALUE}.")
    private List<Integer> qualities;

    @Option(names = "--scale", defaultValue = "4", description = "super-resolve: 2 or 4: ${DEFAULT-VALUE}.")
    private int scale;

    @Option(names = "--kernels", paramLabel = "FILE",
            description = "deblur: measured kernels, a NumPy archive. Default: one named *kernels.npz beside the set.")
    private Path kernels;

    int scale() {
        return scale;
    }

    /** As a heading names it. */
    String title(Task task) {
        return task == Task.SUPER_RESOLVE ? task + " x" + scale : task.toString();
    }

    /**
     * The literature's protocols of the task.
     *
     * @param set where measured kernels may lie, too
     * @throws IllegalArgumentException naming the option that makes no sense
     */
    Examination examination(Task task, Path set) {
        require(scale == 2 || scale == 4, "--scale: 2 or 4");
        require(sigmas255.stream().allMatch(sigma -> sigma >= 0 && sigma <= 100), "--sigma: levels go from 0 to 100");
        require(qualities.stream().allMatch(quality -> quality >= 1 && quality <= 100), "--jpeg-quality: from 1 to 100");
        return switch (task) {
            case DENOISE -> Examination.denoise(protocols, levels(15, 25, 50));
            case SUPER_RESOLVE -> Examination.superResolve(scale);
            case DEBLUR -> Examination.deblur(BlurKernelFile.find(kernels, set));
            case DEMOSAIC -> Examination.demosaic(levels(0, 10));
            case DEJPEG -> Examination.dejpeg(qualities);
            case DEHAZE -> Examination.dehaze();
        };
    }

    private List<Double> levels(double... standard) {
        return sigmas255.isEmpty() ? Arrays.stream(standard).boxed().toList() : sigmas255;
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
