package dev.darkroom;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code darkroom completion}: what bash and zsh need to complete commands and options. */
@Command(name = "completion", mixinStandardHelpOptions = true, description = "Prints a script for bash and zsh that completes commands and options: source <(./darkroom completion)")
final class CompletionCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().getOut().print(AutoComplete.bash("darkroom", spec.root().commandLine()));
        spec.commandLine().getOut().flush();
    }
}
