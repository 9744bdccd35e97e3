package dev.darkroom.adopt;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.model.Manifest;
import dev.darkroom.model.TensorLiteral;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What the exporter found out about a PyTorch checkpoint: {@code facts.json} of {@code export.py}.
 *
 * @param channels   of the original's input; a network for gray pictures is called with each channel of a colour one
 * @param sizeMultiple every side of an input is a multiple of it, px
 * @param oneSize    whether it takes inputs of that side alone
 * @param precisions those that stayed faithful, in dB from float32
 * @param difference the largest between the exported network's answers and the original's, as a part of the largest value
 * @param selfTest   an input, and the original's answer or a corner of it
 */
record Facts(String architecture, long parameters, int channels, int scale, int sizeMultiple, boolean oneSize, List<String> condition,
        Map<String, Double> precisions, double difference, Example selfTest) {

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Example(TensorLiteral input, TensorLiteral condition, TensorLiteral output) {
        Manifest.SelfTest within(double tolerance) {
            return new Manifest.SelfTest(input, condition, output, tolerance);
        }
    }

    static Facts read(Path file) throws IOException {
        return new ObjectMapper().readValue(file.toFile(), Facts.class);
    }
}
