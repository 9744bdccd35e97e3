package dev.darkroom.train;

import java.util.List;

/**
 * What an evaluation covers; each task looks at what concerns it.
 *
 * @param protocols denoise
 * @param sigmas255 denoise, demosaic: noise levels on the 0..255 scale
 * @param qualities dejpeg: 1 to 100, libjpeg's scale
 * @param scale     super-resolve: 2 or 4
 * @param kernels   deblur: measured kernels, besides random trajectories
 */
record EvaluationOptions(List<NoiseProtocol> protocols, List<Double> sigmas255, List<Integer> qualities, int scale, List<BlurKernel> kernels) {}
