package dev.darkroom.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What {@code manifest.json} says of the checkpoint beside it; {@code model-store/manifest.schema.json} is its schema.
 *
 * <p>The checkpoint is called as {@code forward(x[, condition])}: x (N,C,H,W) in {@link #range}, condition (N,K) with K as
 * {@link #columns}; without names the network takes x alone.
 *
 * @param architecture the network's name
 * @param parameters the number of trained values
 * @param sha256 of {@code model.pt}, 64 lower-case hexadecimal digits
 * @param scale output pixels per input pixel along one side: 1, 2, 3 or 4
 * @param condition the names of the condition's columns, such as {@code sigma/255}, or of many at once, such as
 *     {@code shake/35x35} for 35 rows of 35
 * @param sizeMultiple every input side is a multiple of it, px
 * @param receptiveFieldRadius how far an input pixel reaches into the output, input px
 * @param tiles the sides of the square tiles the network is run on, halo included, input px
 * @param precisions the types the hidden features may be computed in: {@code forward} computes in float32, for any other
 *     there is a method {@code forward_bfloat16} or {@code forward_float16} with the same arguments
 * @param training how it was trained, or null
 * @param evaluation what it was measured to do, possibly empty
 * @param licence of the weights, or null
 * @param tiling how pictures larger than a tile are put together; exact unless said
 * @param tiledPsnrDb how close blended tiles came to the picture restored whole, or where that cannot be, to other tiles; null if exact
 * @param summary one sentence for whoever chooses, or null
 * @param origin where it was imported from, or null if it was trained here
 * @param limits of a picture, narrower than the service's own; or null
 * @param halo how much less than {@link #receptiveFieldRadius} is enough for answers of 8 bits, or null if nobody has measured it
 * @param restraint how much of the change is good for JPEG files that have lost little, or null: all
 */
@JsonIgnoreProperties("$schema")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Manifest(
        Task task,
        String loss,
        int version,
        String architecture,
        long parameters,
        String sha256,
        Channels channels,
        Range range,
        int scale,
        List<String> condition,
        int sizeMultiple,
        int receptiveFieldRadius,
        List<Integer> tiles,
        List<Precision> precisions,
        Training training,
        List<Evaluation> evaluation,
        SelfTest selfTest,
        String licence,
        Tiling tiling,
        Double tiledPsnrDb,
        String summary,
        Origin origin,
        Limits limits,
        Halo halo,
        Restraint restraint) {
    private static final Pattern TABLE = Pattern.compile(".+/(?<rows>[1-9][0-9]{0,2})x(?<columns>[1-9][0-9]{0,2})");

    @JsonCreator
    public Manifest {
        tiling = tiling == null ? Tiling.EXACT : tiling;
        condition = List.copyOf(condition);
        tiles = List.copyOf(tiles);
        precisions = List.copyOf(precisions);
        evaluation = evaluation == null ? List.of() : List.copyOf(evaluation);
    }

    /** A network whose tiles give exactly what the whole picture gives, trained here. */
    public Manifest(Task task, String loss, int version, String architecture, long parameters, String sha256, Channels channels, Range range, int scale,
            List<String> condition, int sizeMultiple, int receptiveFieldRadius, List<Integer> tiles, List<Precision> precisions, Training training,
            List<Evaluation> evaluation, SelfTest selfTest, String licence) {
        this(task, loss, version, architecture, parameters, sha256, channels, range, scale, condition, sizeMultiple, receptiveFieldRadius, tiles,
                precisions, training, evaluation, selfTest, licence, Tiling.EXACT, null, null, null, null, null, null);
    }

    /** How a picture larger than a tile is put together again. */
    public enum Tiling {
        /** Every tile sees all that its core depends on. */
        EXACT,
        /** Tiles overlap and are blended, since the network sees more than a tile; {@link #receptiveFieldRadius} is how much of an edge counts little. */
        BLENDED;

        @Override
        @JsonValue
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What was imported.
     *
     * @param source  an address or a file's name
     * @param sha256  of the imported file
     * @param command that did it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Origin(String source, String sha256, String command) {}

    /**
     * The largest picture that this checkpoint takes.
     *
     * @param megapixels of the picture as it comes, or null
     * @param seconds    that the devices may take for it by calibration, or null
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Limits(Double megapixels, Double seconds) {}

    /**
     * What {@code ./darkroom halo} measured on several pictures.
     *
     * @param eightBit   of its neighbours, how much a tile has to see for an answer of 8 bits, px of the input
     * @param difference from the whole picture's answer that it then made at most, in steps of 8 bits
     */
    public record Halo(int eightBit, double difference) {}

    public record Channels(int in, int out) {

        /**
         * How many channels a picture has after the network: a gray picture that a colour network sees threefold is gray
         * again, any other has what the network gives.
         */
        public int restored(int channels) {
            return channels == in ? out : channels;
        }
    }

    /** The values of x and of the output: {@code [0, 1]} in every checkpoint of ours. */
    public record Range(double low, double high) {

        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static Range of(double[] ends) {
            return new Range(ends[0], ends[1]);
        }

        @JsonValue
        double[] ends() {
            return new double[] {low, high};
        }
    }

    /**
     * How a checkpoint was made, so that anyone can make it again.
     *
     * @param weights the weight of each term of the objective, by name
     * @param photos the number of training photographs
     * @param batch crops in one step
     * @param crop the side of a crop, px
     * @param date of the end of the training, {@code YYYY-MM-DD}
     * @param parent the checkpoint it started from, or null when it started from scratch
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Training(
            String objective,
            Map<String, Double> weights,
            String data,
            int photos,
            long steps,
            int batch,
            int crop,
            long seed,
            Precision precision,
            String optimizer,
            double minutes,
            String date,
            String command,
            Parent parent) {

        public Training {
            weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
        }
    }

    public record Parent(String checkpoint, String sha256) {}

    /**
     * One measured number.
     *
     * @param protocol how the inputs were made
     * @param sigma255 the noise standard deviation on the 0..255 scale, or null where there is none
     * @param better {@code higher} or {@code lower}, or null
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Evaluation(
            String set, String protocol, Double sigma255, String metric, double value, String better) {

        public boolean isOfTheSameAs(Evaluation other) {
            return set.equals(other.set) && protocol.equals(other.protocol) && Objects.equals(sigma255, other.sigma255)
                    && metric.equals(other.metric);
        }
    }

    /**
     * An input and what the network makes of it in float32, or the upper left corner of that.
     *
     * @param condition (N,K), or null when the network takes none
     * @param tolerance the largest absolute difference that passes
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SelfTest(TensorLiteral input, TensorLiteral condition, TensorLiteral output, double tolerance) {}

    /**
     * Reads and checks a manifest that lies in the directory of {@code id}.
     *
     * @throws ManifestException naming checkpoint, line and problem
     */
    public static Manifest read(CheckpointId id, Path file) {
        return ManifestFormat.parse(id, ManifestFormat.bytes(id, file));
    }

    /** K: how many values a network is told. */
    public int columns() {
        return columns(condition);
    }

    /** How many columns these names stand for. */
    public static int columns(List<String> condition) {
        return condition.stream().map(TABLE::matcher)
                .mapToInt(name -> name.matches() ? Integer.parseInt(name.group("rows")) * Integer.parseInt(name.group("columns")) : 1).sum();
    }

    /** Whether every input is a square of the one side that is a tile. */
    public boolean takesOneSize() {
        return tiles.equals(List.of(sizeMultiple));
    }

    /** Whether larger pictures come back close to, but not exactly as, the network would restore them whole. */
    public boolean blended() {
        return tiling == Tiling.BLENDED;
    }

    /** The checkpoint this manifest describes. */
    public CheckpointId id() {
        return new CheckpointId(task, loss, version);
    }

    /** The same manifest for another version and another {@code model.pt}. */
    public Manifest describing(int version, String sha256) {
        return but(loss, version, sha256, evaluation, halo, restraint);
    }

    /** The same manifest under another name. */
    public Manifest named(String name) {
        return but(name, version, sha256, evaluation, halo, restraint);
    }

    /** The same manifest with other results of evaluation. */
    public Manifest evaluated(List<Evaluation> results) {
        return but(loss, version, sha256, results, halo, restraint);
    }

    /** The same manifest with what was measured of its halo. */
    public Manifest with(Halo measured) {
        return but(loss, version, sha256, evaluation, measured, restraint);
    }

    /** The same manifest with what was measured of good files. */
    public Manifest with(Restraint measured) {
        return but(loss, version, sha256, evaluation, halo, measured);
    }

    private Manifest but(String loss, int version, String sha256, List<Evaluation> evaluation, Halo halo, Restraint restraint) {
        return new Manifest(
                task, loss, version, architecture, parameters, sha256, channels, range, scale, condition, sizeMultiple, receptiveFieldRadius,
                tiles, precisions, training, evaluation, selfTest, licence, tiling, tiledPsnrDb, summary, origin, limits, halo, restraint);
    }

    /**
     * Writes the manifest as indented JSON, replacing the file.
     *
     * @throws java.io.UncheckedIOException if the file cannot be written
     */
    public void write(Path file) {
        ManifestFormat.write(this, file);
    }
}
