package dev.darkroom.bench.device;

import dev.darkroom.bench.engine.Configuration;
import dev.darkroom.bench.engine.ConvolutionStyle;
import dev.darkroom.bench.engine.Fidelity;
import dev.darkroom.bench.load.Bench;
import dev.darkroom.bench.report.Finding;
import dev.darkroom.bench.report.Table;
import dev.darkroom.inference.checkpoint.InferenceSettings;
import dev.darkroom.inference.checkpoint.TorchScriptCheckpoint;
import dev.darkroom.inference.checkpoint.TorchScriptLoader;
import dev.darkroom.model.CheckpointRefusedException;
import dev.darkroom.model.Precision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Every configuration of a checkpoint over tile sizes: the bare engine, the service, and how far answers are from float32's on the CPU. */
final class Sweep {
    private final Bench bench;
    private final Path modelFile;
    private final List<Configuration> configurations;
    private final List<Integer> sides;

    Sweep(Bench bench, Path modelFile, List<Configuration> configurations, List<Integer> sides) {
        this.bench = bench;
        this.modelFile = modelFile;
        this.configurations = configurations;
        this.sides = sides;
    }

    /**
     * One configuration with one size of tiles.
     *
     * @param decibels between its answer and that of float32 on the CPU; infinite if they are equal
     */
    record Line(Configuration configuration, TileDuel.Found speed, double decibels) {}

    /** A configuration that the service would not run, and why. */
    record Refused(String configuration, String reason) {}

    record Found(List<Line> lines, List<Refused> refused) implements Finding {
        Line fastest() {
            return lines.stream().max(Comparator.comparingDouble(line -> line.speed.bareBest())).orElseThrow();
        }

        Optional<Line> fastest(boolean reduced) {
            return lines.stream().filter(line -> line.configuration.isReduced() == reduced)
                    .max(Comparator.comparingDouble(line -> line.speed.bareBest()));
        }

        /** The least of a configuration over its tiles. */
        double decibels(Configuration configuration) {
            return lines.stream().filter(line -> line.configuration.equals(configuration)).mapToDouble(Line::decibels).min().orElseThrow();
        }

        @Override
        public List<Table> tables() {
            var speeds = Table.of("bare engine and service, codecs apart (output MP/s, halos included)", "configuration", "tile", "bare",
                    "batch", "bare, same batch", "service", "its batch", "service / bare", "/ same batch", "dB to float32");
            lines.forEach(line -> speeds.row(line.configuration, line.speed.side(), line.speed.bareBest(), line.speed.fastestBatch(),
                    line.speed.bareSameBatch(), line.speed.service(), line.speed.serviceBatch(), line.speed.ratioToBest(), line.speed.ratio(), line.decibels));
            refused.forEach(one -> speeds.note("%s: %s", one.configuration, one.reason));
            speeds.note("fastest: %s with tiles of %d", fastest().configuration, fastest().speed.side());
            return List.of(speeds);
        }
    }

    Found run() throws InterruptedException {
        List<Line> lines = new ArrayList<>();
        List<Refused> refused = new ArrayList<>();
        try (TorchScriptCheckpoint exact = asIs()) {
            for (Configuration configuration : configurations) {
                try (TorchScriptCheckpoint candidate = load(configuration)) {
                    for (int side : sides) {
                        lines.add(line(exact, candidate, configuration, side));
                    }
                } catch (CheckpointRefusedException | ConvolutionStyle.UnsupportedConvolutionException e) {
                    refused.add(new Refused(configuration.toString(), e.getMessage()));
                }
            }
        }
        return new Found(List.copyOf(lines), List.copyOf(refused));
    }

    private Line line(TorchScriptCheckpoint exact, TorchScriptCheckpoint candidate, Configuration configuration, int side) throws InterruptedException {
        try (var duel = new TileDuel(bench.running(candidate), side)) {
            double decibels = Fidelity.psnr(exact, candidate, duel.samples(), duel.shape(), bench.condition());
            return new Line(configuration, duel.run(bench.pipeline().engine()), decibels);
        }
    }

    /** In float32 as the checkpoint's code has it, which on a CPU rounds nothing. */
    private TorchScriptCheckpoint asIs() {
        InferenceSettings onCpu = InferenceSettings.on("cpu", Optional.of(Precision.FLOAT32));
        return new TorchScriptLoader(onCpu).load(bench.checkpoint().id(), bench.checkpoint().manifest(), modelFile);
    }

    private TorchScriptCheckpoint load(Configuration configuration) {
        InferenceSettings settings = bench.inference().withPrecision(configuration.precision());
        return configuration.style().load(new TorchScriptLoader(settings), bench.checkpoint().id(), bench.checkpoint().manifest(), modelFile);
    }
}
