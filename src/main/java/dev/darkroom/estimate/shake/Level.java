package dev.darkroom.estimate.shake;

import static org.bytedeco.opencv.global.opencv_core.getOptimalDFTSize;


/**
 * A blurred picture at one resolution, and the two problems that are solved there in turn: the sharp picture with the kernel
 * given, and the kernel with the sharp picture given. Belongs to one thread.
 */
final class Level implements AutoCloseable {
    private static final float FIRST_COUPLING = 2;
    private static final float COUPLING_GROWTH = 3;
    /** Against a division by zero. */
    private static final float SMALLEST_POWER = 1e-6f;

    private final Luma picture;
    /** The picture on a torus. */
    private final Luma blurred;
    private final Fourier fourier;
    private final float[] spectrum;
    private final float[] right;
    private final float[] down;
    private final float[] gradient;

    /** @param margin of the picture's repetitions, px: at least a kernel's side */
    Level(Luma picture, int margin) {
        this.picture = picture;
        blurred = picture.wrapped(getOptimalDFTSize(picture.width() + margin), getOptimalDFTSize(picture.height() + margin));
        fourier = new Fourier(blurred.width(), blurred.height());
        spectrum = fourier.of(blurred.values());
        right = fourier.of(blurred.right());
        down = fourier.of(blurred.down());
        gradient = squaredGradient();
    }

    /** |D|^2 of differences between neighbours at every frequency. */
    private float[] squaredGradient() {
        float[] squares = new float[blurred.values().length];
        for (int row = 0, at = 0; row < blurred.height(); row++) {
            double vertical = 2 - 2 * Math.cos(2 * Math.PI * row / blurred.height());
            for (int column = 0; column < blurred.width(); column++) {
                squares[at++] = (float) (vertical + 2 - 2 * Math.cos(2 * Math.PI * column / blurred.width()));
            }
        }
        return squares;
    }

    /**
     * The sharp picture with the fewest edges (Xu, Zheng and Jia 2013; Pan et al. 2014): minimises |x * kernel - blurred|^2 +
     * sparsity |gradient x|_0 by half-quadratic splitting.
     *
     * @param lastCoupling how nearly gradients that are no edges are nothing in the end
     */
    Luma sharp(Kernel kernel, float sparsity, float lastCoupling) {
        float[] transfer = transfer(kernel);
        float[] matched = timesConjugate(spectrum, transfer);
        Luma sharp = blurred;
        for (float coupling = FIRST_COUPLING * sparsity; coupling < lastCoupling; coupling *= COUPLING_GROWTH) {
            float[] edges = fourier.of(divergenceOfEdges(sharp, sparsity / coupling));
            for (int i = 0; i < edges.length; i += 2) {
                float weight = 1 / (squared(transfer, i) + coupling * gradient[i / 2]);
                edges[i] = (matched[i] + coupling * edges[i]) * weight;
                edges[i + 1] = (matched[i + 1] + coupling * edges[i + 1]) * weight;
            }
            sharp = new Luma(blurred.width(), blurred.height(), fourier.back(edges));
        }
        return sharp;
    }

    /** The sharp picture that costs least with gradients' squares instead: one division in the frequency domain. */
    Luma inverse(Kernel kernel, float shrinkage) {
        float[] transfer = transfer(kernel);
        float[] inverse = timesConjugate(spectrum, transfer);
        for (int i = 0; i < inverse.length; i += 2) {
            float weight = 1 / (squared(transfer, i) + shrinkage * gradient[i / 2] + SMALLEST_POWER);
            inverse[i] *= weight;
            inverse[i + 1] *= weight;
        }
        return new Luma(blurred.width(), blurred.height(), fourier.back(inverse));
    }

    /** The adjoint of differencing, applied to those gradients whose square reaches the threshold. */
    private static float[] divergenceOfEdges(Luma picture, float threshold) {
        int width = picture.width();
        float[] right = picture.right();
        float[] down = picture.down();
        drop(right, down, threshold);
        float[] divergence = new float[right.length];
        int size = right.length;
        for (int row = 0, at = 0; row < picture.height(); row++) {
            int above = row == 0 ? size - width : at - width;
            int left = at + width - 1;
            for (int column = 0; column < width; column++, at++, above++) {
                divergence[at] = right[left] - right[at] + down[above] - down[at];
                left = at;
            }
        }
        return divergence;
    }

    private static void drop(float[] right, float[] down, float threshold) {
        for (int i = 0; i < right.length; i++) {
            if (right[i] * right[i] + down[i] * down[i] < threshold) {
                right[i] = 0;
                down[i] = 0;
            }
        }
    }

    /** The kernel that blurs the strongest edges of a sharp picture into those of this one, as {@link KernelFit} has it. */
    Kernel kernel(Luma sharp, int side, int steps) {
        Edges edges = Edges.of(sharp, picture, side);
        float[] horizontal = fourier.of(edges.right());
        float[] vertical = fourier.of(edges.down());
        float[] power = new float[horizontal.length];
        float[] across = timesConjugate(right, horizontal);
        float[] along = timesConjugate(down, vertical);
        for (int i = 0; i < power.length; i += 2) {
            power[i] = squared(horizontal, i) + squared(vertical, i);
            across[i] += along[i];
            across[i + 1] += along[i + 1];
        }
        return KernelFit.of(fourier.back(power), fourier.back(across), blurred.width(), side, steps);
    }

    private float[] transfer(Kernel kernel) {
        return fourier.of(kernel.onTorus(blurred.width(), blurred.height()));
    }

    private static float squared(float[] spectrum, int at) {
        return spectrum[at] * spectrum[at] + spectrum[at + 1] * spectrum[at + 1];
    }

    private static float[] timesConjugate(float[] first, float[] second) {
        float[] product = new float[first.length];
        for (int i = 0; i < first.length; i += 2) {
            product[i] = first[i] * second[i] + first[i + 1] * second[i + 1];
            product[i + 1] = first[i + 1] * second[i] - first[i] * second[i + 1];
        }
        return product;
    }

    @Override
    public void close() {
        fourier.close();
    }
}
