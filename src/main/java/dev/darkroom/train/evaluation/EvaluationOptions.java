package dev.darkroom.train.evaluation;

import dev.darkroom.model.Task;
import dev.darkroom.train.degradation.NoiseProtocol;
import dev.darkroom.train.degradation.shake.BlurKernelFile;
import dev.darkroom.train.photo.GaussianBlur;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    @Option(names = "--jpeg-quality", split = ",",
            description = "dejpeg, super-resolve: libjpeg's scale. Default: 10,20,40 and 85,75,60.")
    private List<Integer> qualities = List.of();

    @Option(names = "--harmless", description = "Instead: clean pictures, as they are and as good JPEG files, which are to become no worse.")
    private boolean harmless;

    @Option(names = "--registered", description = "denoise, pairs of exposures: with the mean of many moved, by fractions of a pixel, to where the one lies.")
    private boolean registered;

    @Option(names = "--soften", paramLabel = "PIXELS", defaultValue = "0",
            description = "Answers are blurred by a Gaussian of this sigma before they are measured: how much of a difference is sharpness. Default: ${DEFAULT-VALUE}.")
    private double softeningSigma;

    @Option(names = "--scale", defaultValue = "4", description = "super-resolve: 2, 3 or 4: ${DEFAULT-VALUE}.")
    private int scale;

    @Option(names = "--kernels", paramLabel = "FILE",
            description = "deblur: measured kernels, a NumPy archive. Default: one named *kernels.npz beside the set.")
    private Path kernels;

    int scale() {
        return scale;
    }

    boolean softens() {
        return softeningSigma != 0;
    }

    /** The same restorers, whose answers are softened if that is wanted. */
    Map<String, Restorer> softened(Map<String, Restorer> restorers) {
        Map<String, Restorer> softened = new LinkedHashMap<>();
        restorers.forEach((name, restorer) -> softened.put(name, trial -> GaussianBlur.of(restorer.restore(trial), softeningSigma)));
        return softened;
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
        require(task == Task.DENOISE || !registered, "--registered: only denoise has pairs of exposures");
        require(softeningSigma == 0 || softeningSigma >= 0.1 && softeningSigma <= 5, "--soften: 0, or from 0.1 to 5 pixels");
        require(!harmless || !registered, "--harmless: of pairs of exposures there is nothing that needs no restoring");
        if (harmless) {
            require(task != Task.SUPER_RESOLVE && task != Task.DEMOSAIC, "--harmless: " + task + " changes every picture");
            return Examination.harmless();
        }
        require(scale >= 2 && scale <= 4, "--scale: 2, 3 or 4");
        require(sigmas255.stream().allMatch(sigma -> sigma >= 0 && sigma <= 100), "--sigma: levels go from 0 to 100");
        require(qualities.stream().allMatch(quality -> quality >= 1 && quality <= 100), "--jpeg-quality: from 1 to 100");
        return switch (task) {
            case DENOISE -> denoise(TestPicture.of(set));
            case SUPER_RESOLVE -> Examination.superResolve(scale, qualities(85, 75, 60));
            case DEBLUR -> Examination.deblur(BlurKernelFile.find(kernels, set));
            case DEMOSAIC -> Examination.demosaic(levels(0, 10));
            case DEJPEG -> Examination.dejpeg(qualities(10, 20, 40));
            case DEHAZE -> Examination.dehaze();
        };
    }

    private Examination denoise(List<TestPicture> pictures) {
        boolean exposures = pictures.stream().anyMatch(picture -> picture.given().containsKey(TestPicture.REAL));
        require(exposures || !registered, "--registered: the set has no pairs of exposures");
        return registered ? Examination.registered(pictures)
                : exposures ? Examination.exposures(pictures)
                : Examination.denoise(protocols, levels(15, 25, 50));
    }

    private List<Integer> qualities(int... standard) {
        return qualities.isEmpty() ? Arrays.stream(standard).boxed().toList() : qualities;
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
