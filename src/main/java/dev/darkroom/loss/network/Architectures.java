package dev.darkroom.loss.network;

import dev.darkroom.loss.network.Layer.Convolution;
import dev.darkroom.loss.network.Layer.Fire;
import dev.darkroom.loss.network.Layer.L2Pool;
import dev.darkroom.loss.network.Layer.LeakyRelu;
import dev.darkroom.loss.network.Layer.MaxPool;
import dev.darkroom.loss.network.Layer.Relu;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The layers of the published networks; keys of weights are those of torchvision's {@code features} and of MDF. */
final class Architectures {

    /** How many convolutions each block of VGG16 has. */
    private static final int[] VGG16_BLOCKS = {2, 2, 3, 3, 3};
    private static final float DISCRIMINATOR_SLOPE = 0.2f;

    private Architectures() {}

    /** VGG16 with max pooling: {@code conv1_1, relu1_1, ... pool1, ... relu5_3}. */
    static List<Layer> vgg16() {
        return vgg16(name -> new MaxPool(name, 2, 2, false));
    }

    /** VGG16 with DISTS's smooth pooling in place of the maximum. */
    static List<Layer> vgg16WithL2Pooling() {
        return vgg16(L2Pool::new);
    }

    private static List<Layer> vgg16(Function<String, Layer> pool) {
        var layers = new ArrayList<Layer>();
        for (int block = 1; block <= VGG16_BLOCKS.length; block++) {
            if (block > 1) {
                layers.add(pool.apply("pool" + (block - 1)));
            }
            for (int i = 1; i <= VGG16_BLOCKS[block - 1]; i++) {
                String place = block + "_" + i;
                // The list's positions are those of torchvision's list, which the keys name.
                layers.add(new Convolution("conv" + place, "features." + layers.size(), 3, 1, 1));
                layers.add(new Relu("relu" + place));
            }
        }
        return layers;
    }

    /** AlexNet as torchvision has it: {@code conv1, relu1, pool1, ... relu5}. */
    static List<Layer> alexNet() {
        return List.of(
                new Convolution("conv1", "features.0", 11, 4, 2), new Relu("relu1"), new MaxPool("pool1", 3, 2, false),
                new Convolution("conv2", "features.3", 5, 1, 2), new Relu("relu2"), new MaxPool("pool2", 3, 2, false),
                new Convolution("conv3", "features.6", 3, 1, 1), new Relu("relu3"),
                new Convolution("conv4", "features.8", 3, 1, 1), new Relu("relu4"),
                new Convolution("conv5", "features.10", 3, 1, 1), new Relu("relu5"));
    }

    /** SqueezeNet 1.1: {@code conv1, relu1, pool1, fire2, ... fire9}. */
    static List<Layer> squeezeNet() {
        return List.of(
                new Convolution("conv1", "features.0", 3, 2, 0), new Relu("relu1"), new MaxPool("pool1", 3, 2, true),
                new Fire("fire2", "features.3"), new Fire("fire3", "features.4"), new MaxPool("pool3", 3, 2, true),
                new Fire("fire4", "features.6"), new Fire("fire5", "features.7"), new MaxPool("pool5", 3, 2, true),
                new Fire("fire6", "features.9"), new Fire("fire7", "features.10"),
                new Fire("fire8", "features.11"), new Fire("fire9", "features.12"));
    }

    /** One of MDF's discriminators, {@code head, ... body, tail}, whose normalisation is part of its convolutions. */
    static List<Layer> discriminator(int index) {
        return List.of(
                new Convolution("head.conv", index + ".head.conv", 3, 1, 0), new LeakyRelu("head", DISCRIMINATOR_SLOPE),
                new Convolution("body1.conv", index + ".body.block1.conv", 3, 1, 0), new LeakyRelu("body1", DISCRIMINATOR_SLOPE),
                new Convolution("body2.conv", index + ".body.block2.conv", 3, 1, 0), new LeakyRelu("body2", DISCRIMINATOR_SLOPE),
                new Convolution("body3.conv", index + ".body.block3.conv", 3, 1, 0), new LeakyRelu("body", DISCRIMINATOR_SLOPE),
                new Convolution("tail", index + ".tail", 3, 1, 0));
    }
}
