package dev.darkroom.loss;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every measure by its public name. */
public final class Measures {

    private static final Map<String, Measure> BY_NAME =
            byName(new MeanSquaredError(), new MeanAbsoluteError(), new Charbonnier(), new Psnr(), new Ssim(),
                    new MsSsim());

    private Measures() {}

    /** All measures, in the order of the catalogue. */
    public static List<Measure> all() {
        return List.copyOf(BY_NAME.values());
    }

    /**
     * The measure of this name.
     *
     * @throws UnknownMeasureException if there is none
     */
    public static Measure named(String name) {
        Measure measure = BY_NAME.get(name);
        if (measure == null) {
            throw new UnknownMeasureException(name, BY_NAME.keySet());
        }
        return measure;
    }

    private static Map<String, Measure> byName(Measure... measures) {
        var byName = new LinkedHashMap<String, Measure>();
        for (Measure measure : measures) {
            byName.put(measure.info().name(), measure);
        }
        return byName;
    }
}
