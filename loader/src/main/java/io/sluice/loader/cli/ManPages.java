package io.sluice.loader.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Writes the manual pages of all commands: run by the build. */
public final class ManPages {
  private ManPages() {}

  /** Writes them to a folder, the first argument; the second one is the version. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    write(LoaderCli.commandLine().getCommandSpec(), folder, "sluice-loader " + arguments[1]);
  }

  private static void write(CommandSpec command, Path folder, String version) throws IOException {
    Files.writeString(folder.resolve(ManPage.name(command) + ".1"), ManPage.of(command, version));
    for (CommandLine each : command.subcommands().values()) {
      write(each.getCommandSpec(), folder, version);
    }
  }
}
