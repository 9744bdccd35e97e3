package dev.darkroom.enhance.files;

import dev.darkroom.enhance.EnhanceRequest;
import dev.darkroom.enhance.StepRequest;
import dev.darkroom.image.BayerPattern;
import dev.darkroom.image.develop.DevelopText;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.model.ModelRequest;
import dev.darkroom.model.Task;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is asked for of each picture, as the service's parameters have it. */
final class RequestOptions {
    @Option(names = "--task", defaultValue = "denoise", description = "denoise, super-resolve, deblur, demosaic, dejpeg or dehaze: ${DEFAULT-VALUE}.")
    private String task;

    @Option(names = "--model", paramLabel = "LOSS[@VERSION]", description = "Default: the store's default for the task.")
    private String model;

    @Option(names = "--sigma", description = "denoise, demosaic: noise standard deviation on the 0..255 scale. Default: estimated from each image.")
    private Double sigma;

    @Option(names = "--scale", description = "super-resolve: 1 to 4, made of what a network enlarges 2, 3 or 4 times. Default: 4.")
    private Double scale;

    @Option(names = "--pattern", description = "demosaic: rggb, bggr, grbg or gbrg, as the file stores it. Default: rggb.")
    private String pattern;

    @Option(names = "--wb", paramLabel = "R,G,B|KELVIN", description = "demosaic, of a DNG: white balance by factors or a temperature. Default: the camera's.")
    private String balance;

    @Option(names = "--profile", description = "demosaic, of a DNG: srgb, display-p3 or prophoto. Default: srgb.")
    private String profile;

    @Option(names = "--exposure", paramLabel = "STOPS", description = "demosaic, of a DNG: -5 to 5, beside what the camera adds. Default: 0.")
    private String exposure;

    @Option(names = "--tone", description = "demosaic, of a DNG: srgb or linear. Default: srgb.")
    private String tone;

    @Option(names = "--strength", defaultValue = "1",
            description = "denoise, deblur, dejpeg, dehaze: blend of the input (0) and the restored image (1): ${DEFAULT-VALUE}.")
    private double strength;

    @Option(names = {"--page", "--frame"}, description = "Which page of TIFFs of several, counted from 1; 1 takes the first frame of animated GIFs. Default: files of several are refused.")
    private Integer page;

    @Mixin
    private OutputOptions output;

    /** @throws IllegalArgumentException if it is called like none */
    Optional<ImageFormat> format() {
        return output.format();
    }

    /**
     * Of each file.
     *
     * @throws IllegalArgumentException if there can be none of that number
     */
    OptionalInt page() {
        if (page != null && page < 1) {
            throw new IllegalArgumentException("--page must be 1 or more");
        }
        return page == null ? OptionalInt.empty() : OptionalInt.of(page);
    }

    /** @throws IllegalArgumentException if there is no such task */
    Task task() {
        return Task.find(task).orElseThrow(() -> new IllegalArgumentException("--task: there is no task " + task));
    }

    /** @throws RuntimeException that says which option is wrong */
    EnhanceRequest request(Optional<ImageFormat> written) {
        Optional<BayerPattern> stored = Optional.ofNullable(pattern).map(name -> BayerPattern.named(name)
                .orElseThrow(() -> new IllegalArgumentException("--pattern: rggb, bggr, grbg or gbrg")));
        var step = new StepRequest(task(), ModelRequest.parse(model), sigma == null ? OptionalDouble.empty() : OptionalDouble.of(sigma),
                scale == null ? OptionalDouble.empty() : OptionalDouble.of(scale), stored, strength,
                new DevelopText(balance, profile, exposure, tone).settings());
        return new EnhanceRequest(step, output.request(written));
    }
}
