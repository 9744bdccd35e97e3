package dev.darkroom.estimate.shake;

import static org.bytedeco.opencv.global.opencv_core.getOptimalDFTSize;

/**
 * Finds the kernel, nowhere negative, that comes nearest to making one picture's gradients of another's: least squares by projected
 * gradient steps with momentum (FISTA; Beck and Teboulle 2009).
 *
 * <p>They begin with a flat kernel and end early. That leaves out what only many steps would bring, noise first of all: after 60
 * steps where 18 are made now, kernels resembled the true ones less.
 */
final class KernelFit implements AutoCloseable {
    private static final float SHRINKAGE = 4;

    private final int side;
    private final int torus;
    private final Fourier fourier;
    /** Real: how the gradients resemble themselves, moved. */
    private final float[] power;
    private final float[] wanted;
    private final float step;

    private KernelFit(float[] likenessToItself, float[] likenessToBlurred, int width, int side) {
        this.side = side;
        // Two taps are never farther apart than this, so that nothing meets itself around the torus.
        torus = Math.min(getOptimalDFTSize(2 * side), Math.min(width, likenessToItself.length / width));
        fourier = new Fourier(torus, torus);
        power = fourier.of(Kernel.around(likenessToItself, width, torus % 2 == 0 ? torus - 1 : torus).onTorus(torus, torus));
        wanted = Kernel.around(likenessToBlurred, width, side).values();
        float largest = 0;
        for (int i = 0; i < power.length; i += 2) {
            largest = Math.max(largest, power[i]);
        }
        step = 1 / (largest + SHRINKAGE);
    }

    /**
     * @param likenessToItself  the sharp gradients' correlation with themselves, on a torus
     * @param likenessToBlurred theirs with the blurred gradients
     * @param width             of the torus
     * @return neither cleaned nor with the sum 1
     */
    static Kernel of(float[] likenessToItself, float[] likenessToBlurred, int width, int side, int steps) {
        try (var fit = new KernelFit(likenessToItself, likenessToBlurred, width, side)) {
            return fit.after(steps);
        }
    }

    private Kernel after(int steps) {
        Kernel kernel = Kernel.flat(side);
        Kernel ahead = kernel;
        double pace = 1;
        for (int i = 0; i < steps; i++) {
            Kernel next = stepFrom(ahead);
            double nextPace = (1 + Math.sqrt(1 + 4 * pace * pace)) / 2;
            ahead = next.beyond(kernel, (float) ((pace - 1) / nextPace));
            kernel = next;
            pace = nextPace;
        }
        return kernel;
    }

    private Kernel stepFrom(Kernel kernel) {
        float[] spectrum = fourier.of(kernel.onTorus(torus, torus));
        for (int i = 0; i < spectrum.length; i += 2) {
            spectrum[i] *= power[i];
            spectrum[i + 1] *= power[i];
        }
        float[] made = Kernel.around(fourier.back(spectrum), torus, side).values();
        float[] next = kernel.values().clone();
        for (int i = 0; i < next.length; i++) {
            next[i] = Math.max(0, next[i] - step * (made[i] - wanted[i] + SHRINKAGE * next[i]));
        }
        return new Kernel(side, next);
    }

    @Override
    public void close() {
        fourier.close();
    }
}
