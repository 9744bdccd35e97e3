package dev.darkroom.train.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * The change that Muon (Jordan et al. 2024) makes to hidden layers' weights: the momentum, as a matrix of output by
 * input features for each, with all its singular values brought near 1, so that no direction is learnt at another's expense.
 */
final class Muon {
    private static final double MOMENTUM = 0.95;
    private static final int ITERATIONS = 5;
    /** Of the odd quintic that takes singular values of (0, 1] to between 0.7 and 1.2 in five iterations (Jordan et al.). */
    private static final double A = 3.4445;
    private static final double B = -4.7750;
    private static final double C = 2.0315;
    /** Makes a change as large as Adam's usual one, so that both take one learning rate (Liu et al. 2025, equation 4). */
    private static final double ROOT_MEAN_SQUARE = 0.2;
    private static final long SMALLEST_SIDE = 16;
    /**
     * Of a matrix's norm. A feature that has died gets no gradient; its momentum fades into numbers so small (denormal ones, below 1.2e-38) that
     * some processors multiply them far slower: on one with matrix units a training fell from 50 to 14 images a second. The smallest that stay have a fourth power that is none of them.
     */
    private static final double NOTHING = 1e-8;

    private Muon() {}

    /** Hidden layers' kernels only: what meets pixels, and biases, are better left to Adam. */
    static boolean fits(Shape weight) {
        return weight.dimension() == 4 && weight.get(0) >= SMALLEST_SIDE && weight.get(1) >= SMALLEST_SIDE;
    }

    /**
     * What to take away from weights of one shape, at a learning rate of 1.
     *
     * @param gradient (N,output,input,height,width)
     * @param momentum of the same shape, is moved on by the gradient
     */
    static NDArray change(NDArray gradient, NDArray momentum) {
        momentum.muli(MOMENTUM).addi(gradient);
        Shape shape = gradient.getShape();
        long rows = shape.get(1);
        long columns = shape.size() / shape.get(0) / rows;
        NDArray ahead = gradient.div(MOMENTUM).addi(momentum).reshape(shape.get(0), rows, columns);
        // The momentum one step ahead (Nesterov), but for a factor that does not matter.
        return orthogonalized(ahead).reshape(shape).muli(ROOT_MEAN_SQUARE * Math.sqrt(Math.max(rows, columns)));
    }

    /**
     * Newton and Schulz's iteration; a matrix's singular vectors stay as they are.
     *
     * @param matrices (N,rows,columns)
     */
    static NDArray orthogonalized(NDArray matrices) {
        boolean tall = matrices.getShape().get(1) > matrices.getShape().get(2);
        NDArray x = tall ? matrices.swapAxes(1, 2) : matrices;
        x = x.div(x.norm(new int[] {1, 2}, true).add(1e-12));
        x = x.muli(x.abs().gt(NOTHING).toType(DataType.FLOAT32, false));
        for (int i = 0; i < ITERATIONS; i++) {
            NDArray square = x.matMul(x.swapAxes(1, 2));
            NDArray polynomial = square.mul(B).addi(square.matMul(square).muli(C));
            x = x.mul(A).addi(polynomial.matMul(x));
        }
        return tall ? x.swapAxes(1, 2) : x;
    }
}
