package dev.darkroom.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.darkroom.train.degradation.Example;
import dev.darkroom.train.photo.Planes;
import java.nio.FloatBuffer;
import java.util.List;

/** Pictures of one size as one array. */
public final class Stack {
    private Stack() {}

    /** @return (N,C,H,W) float32 */
    public static NDArray of(NDManager manager, List<Planes> pictures) {
        Planes first = pictures.get(0);
        FloatBuffer values = FloatBuffer.allocate(pictures.size() * first.values().length);
        pictures.forEach(picture -> values.put(picture.values()));
        return manager.create(values.rewind(), new Shape(pictures.size(), first.channels(), first.height(), first.width()));
    }

    /** @return (N,K) float32; K is 0 for networks that are told nothing */
    static NDArray conditions(NDManager manager, List<Example> examples) {
        int size = examples.get(0).condition().length;
        FloatBuffer values = FloatBuffer.allocate(examples.size() * size);
        examples.forEach(example -> values.put(example.condition()));
        return manager.create(values.rewind(), new Shape(examples.size(), size));
    }
}
