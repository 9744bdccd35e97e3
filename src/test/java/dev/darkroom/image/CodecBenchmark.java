package dev.darkroom.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_UNCHANGED;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;

import dev.darkroom.image.file.ImageFormat;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * What decoding and encoding 1.5 megapixels takes here, in OpenCV alone, which our codecs are made of, and in the JDK's ImageIO:
 * {@code mvn test -Dtest=CodecBenchmark}. Not among the tests that run by themselves, because of its name.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(1)
@State(Scope.Thread)
public class CodecBenchmark {
    private static final int WIDTH = 1536;
    private static final int HEIGHT = 1024;

    @Param({"JPEG", "PNG"})
    ImageFormat format;

    private final ImageDecoder decoder = new ImageDecoder(Pictures.LIMITS);
    private final ImageEncoder encoder = new ImageEncoder();
    private byte[] file;
    private Photo photo;
    private Mat mat;
    private BufferedImage image;

    @Setup
    public void draw() throws IOException {
        file = Pictures.encode(Pictures.photo(WIDTH, HEIGHT, 3, 8, false), format);
        photo = Pictures.decode(file);
        mat = imdecode(new Mat(1, file.length, 0, new BytePointer(file)), IMREAD_UNCHANGED);
        image = ImageIO.read(new ByteArrayInputStream(file));
    }

    @Benchmark
    public int decodeHere() {
        try (Photo decoded = decoder.decode(ByteBuffer.wrap(file))) {
            return decoded.pixels().width();
        }
    }

    @Benchmark
    public int decodeInOpenCv() {
        try (var bytes = new BytePointer(file); var row = new Mat(1, file.length, 0, bytes); Mat decoded = imdecode(row, IMREAD_UNCHANGED)) {
            return decoded.cols();
        }
    }

    @Benchmark
    public int decodeInImageIo() throws IOException {
        return ImageIO.read(new ByteArrayInputStream(file)).getWidth();
    }

    @Benchmark
    public int encodeHere() {
        var plain = new Photo(photo.pixels(), Optional.empty(), photo.metadata());
        return encoder.encode(plain, EncodeOptions.of(format)).bytes().length;
    }

    @Benchmark
    public long encodeInOpenCv() {
        try (var encoded = new BytePointer()) {
            imencode("." + format.extensions().get(0), mat, encoded);
            return encoded.limit();
        }
    }

    @Benchmark
    public int encodeInImageIo() throws IOException {
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(image, format.name(), bytes);
        return bytes.size();
    }

    @Test
    void runs() throws RunnerException {
        var options = new OptionsBuilder().include(CodecBenchmark.class.getName()).shouldFailOnError(true).build();
        assertThat(new Runner(options).run()).hasSize(12);
    }
}
