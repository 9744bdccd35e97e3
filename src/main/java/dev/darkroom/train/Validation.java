package dev.darkroom.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** PSNR on the centres of photographs that training never sees, on noise as uploads carry it, the same every time. */
final class Validation {
    private static final List<Integer> SIGMAS255 = List.of(15, 25, 50);
    private static final int LARGEST_SIDE = 256;

    private final List<Crop> crops;

    Validation(List<Photograph> held) {
        crops = held.stream().map(Validation::centre).toList();
    }

    private static Crop centre(Photograph photograph) {
        int side = Math.min(LARGEST_SIDE, Math.min(photograph.width(), photograph.height()) / 8 * 8);
        return photograph.crop((photograph.width() - side) / 2, (photograph.height() - side) / 2, side);
    }

    /** @return mean PSNR in dB by sigma255 */
    Map<Integer, Double> psnr(TrainableNetwork network, DataType precision) {
        Map<Integer, Double> bySigma = new LinkedHashMap<>();
        for (int sigma255 : SIGMAS255) {
            var random = new SplittableRandom(sigma255);
            bySigma.put(sigma255, crops.stream()
                    .mapToDouble(crop -> psnr(network, precision, crop, noisy(crop, sigma255, random), sigma255))
                    .average().orElse(Double.NaN));
        }
        return bySigma;
    }

    private static float[] noisy(Crop crop, int sigma255, SplittableRandom random) {
        return NoiseProtocol.CLIPPED.degrade(crop.planes(), GaussianNoise.draw(random, sigma255, crop.planes().length));
    }

    private static double psnr(TrainableNetwork network, DataType precision, Crop clean, float[] noisy, int sigma255) {
        try (NDManager scratch = network.manager().newSubManager()) {
            NDArray x = scratch.create(FloatBuffer.wrap(noisy), new Shape(1, 3, clean.side(), clean.side()));
            NDArray condition = scratch.create(new float[] {sigma255 / 255f}, new Shape(1, 1));
            NDArray restored = network.restore(x, condition, precision, false).clip(0, 1);
            NDArray target = scratch.create(FloatBuffer.wrap(clean.planes()), x.getShape());
            return -10 * Math.log10(restored.sub(target).square().mean().getFloat());
        }
    }
}
