package dev.darkroom;

import dev.darkroom.bench.BenchCommand;
import dev.darkroom.bench.device.GpuCheckCommand;
import dev.darkroom.enhance.files.EnhanceCommand;
import dev.darkroom.http.access.KeyCommand;
import dev.darkroom.model.features.FeaturesCommand;
import dev.darkroom.score.ScoreCommand;
import dev.darkroom.train.DiscriminatorsCommand;
import dev.darkroom.train.TrainCommand;
import dev.darkroom.train.evaluation.EvaluateCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line behind the launcher {@code ./darkroom}; {@code serve} and {@code test} are the launcher's own. */
@Command(name = "darkroom", mixinStandardHelpOptions = true, subcommands = {EnhanceCommand.class, ScoreCommand.class, TrainCommand.class,
    EvaluateCommand.class, DiscriminatorsCommand.class, BenchCommand.class, GpuCheckCommand.class, FeaturesCommand.class, KeyCommand.class})
public final class Darkroom {
    private Darkroom() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Darkroom()).execute(arguments));
    }
}
