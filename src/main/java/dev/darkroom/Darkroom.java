package dev.darkroom;

import dev.darkroom.adopt.ImportCommand;
import dev.darkroom.bench.BenchCommand;
import dev.darkroom.bench.device.GpuCheckCommand;
import dev.darkroom.doctor.DoctorCommand;
import dev.darkroom.enhance.files.EnhanceCommand;
import dev.darkroom.http.access.KeyCommand;
import dev.darkroom.model.features.FeaturesCommand;
import dev.darkroom.score.ScoreCommand;
import dev.darkroom.terminal.Interruption;
import dev.darkroom.train.DiscriminatorsCommand;
import dev.darkroom.train.TrainCommand;
import dev.darkroom.train.evaluation.EvaluateCommand;
import dev.darkroom.train.evaluation.RestrainCommand;
import dev.darkroom.train.halo.HaloCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The command line behind the launcher {@code ./darkroom}; {@code serve} and {@code test} are the launcher's own. */
@Command(name = "darkroom", mixinStandardHelpOptions = true, subcommands = {EnhanceCommand.class, ScoreCommand.class, TrainCommand.class,
    EvaluateCommand.class, HaloCommand.class, RestrainCommand.class, DiscriminatorsCommand.class, BenchCommand.class, GpuCheckCommand.class, DoctorCommand.class, FeaturesCommand.class, KeyCommand.class,
    ImportCommand.class, CompletionCommand.class})
public final class Darkroom {
    private Darkroom() {}

    /** Ends with 0, 1 if some of the work failed, 2 if the command was not understood, 130 after Ctrl-C. */
    public static void main(String[] arguments) {
        Interruption.askInsteadOfExiting(Thread.currentThread()::interrupt);
        int code = commandLine().execute(arguments);
        System.exit(Interruption.exitCode().orElse(code));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Darkroom()).setParameterExceptionHandler(Darkroom::misunderstood).setExecutionExceptionHandler(Darkroom::failed);
    }

    /** What is wrong and where to read on; the whole usage would push that off the screen. */
    private static int misunderstood(ParameterException refusal, String[] arguments) {
        CommandLine command = refusal.getCommandLine();
        command.getErr().println(refusal.getMessage());
        command.getErr().printf("see ./%s --help%n", command.getCommandSpec().qualifiedName());
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static int failed(Exception failure, CommandLine command, ParseResult parsed) throws Exception {
        if (Interruption.isRequested()) {
            return CommandLine.ExitCode.SOFTWARE;
        }
        throw failure;
    }
}
