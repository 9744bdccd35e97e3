package dev.darkroom.train.degradation;

import dev.darkroom.train.photo.Excerpt;
import java.util.List;
import java.util.random.RandomGenerator;

/** Several worlds in one: each excerpt is degraded in one of several ways, drawn by their shares. */
public record Mixture(List<Part> parts) implements Degradation {

    public record Part(double share, Degradation degradation) {}

    public static Mixture of(Part... parts) {
        return new Mixture(List.of(parts));
    }

    @Override
    public Example apply(Excerpt clean, RandomGenerator random) {
        double left = random.nextDouble() * parts.stream().mapToDouble(Part::share).sum();
        for (Part part : parts) {
            left -= part.share();
            if (left < 0) {
                return part.degradation().apply(clean, random);
            }
        }
        return parts.get(parts.size() - 1).degradation().apply(clean, random);
    }

    @Override
    public int margin() {
        return parts.stream().mapToInt(part -> part.degradation().margin()).max().orElse(0);
    }
}
