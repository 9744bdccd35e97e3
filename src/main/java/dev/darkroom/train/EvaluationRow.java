package dev.darkroom.train;

/**
 * One result: the mean quality of one restorer over a set, under one protocol at one noise level.
 *
 * @param set the name of the set's folder
 * @param images how many pictures were averaged
 * @param sigma255 the noise's standard deviation on the 0..255 scale
 * @param restorer what restored them; {@value #INPUT} for the noisy pictures themselves
 * @param psnr mean RGB PSNR in dB, no crop, 8 bits
 * @param ssim mean SSIM over RGB, no crop, 8 bits
 */
public record EvaluationRow(
        String set, int images, NoiseProtocol protocol, float sigma255, String restorer, double psnr, double ssim) {

    /** The restorer that leaves the noisy pictures as they are. */
    public static final String INPUT = "input";
}
