package dev.darkroom.bench.engine;

import dev.darkroom.bench.engine.ConvolutionStyle.Layout;
import dev.darkroom.model.Precision;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** One way of running a checkpoint's network. */
public record Configuration(Precision precision, ConvolutionStyle style) {

    /**
     * Every combination there is.
     *
     * @param tf32 whether the device can round float32 factors; they are then run both ways
     */
    public static List<Configuration> of(Collection<Precision> precisions, boolean tf32) {
        List<Configuration> all = new ArrayList<>();
        for (Precision precision : precisions) {
            for (boolean rounds : precision == Precision.FLOAT32 && tf32 ? List.of(false, true) : List.of(false)) {
                for (Layout layout : Layout.values()) {
                    all.add(new Configuration(precision, new ConvolutionStyle(layout, rounds)));
                }
            }
        }
        return List.copyOf(all);
    }

    public boolean isReduced() {
        return precision != Precision.FLOAT32;
    }

    @Override
    public String toString() {
        return (style.tf32() ? "tf32" : precision.toString()) + " " + style.layout();
    }
}
