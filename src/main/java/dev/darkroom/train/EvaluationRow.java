package dev.darkroom.train;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.darkroom.loss.Convention.Color;
import dev.darkroom.model.Manifest;
import java.util.stream.Stream;

/**
 * One result: the mean quality of one restorer over a set, under one protocol and convention.
 *
 * @param set        the name of the set's folder
 * @param trials     how many pictures were averaged
 * @param protocol   how the inputs were made
 * @param sigma255   the noise's standard deviation on the 0..255 scale, or null where there is none
 * @param convention the channels compared and the border left out; 8 bits always
 * @param restorer   what restored them; {@value #INPUT} for what anyone has without it
 * @param psnr       mean PSNR in dB
 * @param ssim       mean SSIM
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record EvaluationRow(String set, int trials, String protocol, Double sigma255, String convention, String restorer, double psnr, double ssim) {

    /** The two results as a manifest has them. */
    Stream<Manifest.Evaluation> forManifest() {
        String full = convention.equals(Color.RGB.toString()) ? protocol : protocol + ", " + convention;
        return Stream.of(
                new Manifest.Evaluation(set, full, sigma255, "psnr", rounded(psnr), "higher"),
                new Manifest.Evaluation(set, full, sigma255, "ssim", rounded(ssim), "higher"));
    }

    private static double rounded(double value) {
        return Math.round(value * 1e4) / 1e4;
    }

    /** The degraded picture itself, enlarged or interpolated where it must be. */
    static final String INPUT = "input";
}
