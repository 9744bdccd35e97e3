package dev.darkroom.model.features;

import picocli.CommandLine.Command;

/** {@code darkroom features}: the published weights that measures on deep features need. */
@Command(name = "features", mixinStandardHelpOptions = true, subcommands = InstallCommand.class,
        synopsisSubcommandLabel = "install",
        description = "Manages the published weights of the feature networks that LPIPS, DISTS, MDF and the perceptual losses run on.")
public final class FeaturesCommand {}
