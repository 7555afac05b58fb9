package io.sluice.loader.cli;

import io.sluice.loader.daemon.LoaderConfig;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --config}, which every command has. */
final class ConfigOption {
  @Option(
      names = {"-c", "--config"},
      required = true,
      paramLabel = "FILE",
      description = "The settings, see CONFIGURATION.md.")
  private Path file;

  LoaderConfig read() {
    return LoaderConfig.read(file);
  }
}
