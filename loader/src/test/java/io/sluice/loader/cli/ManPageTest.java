package io.sluice.loader.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

class ManPageTest {
  @TempDir private Path folder;

  @Test
  void saysWhatTheCommandSaysOfItself() {
    CommandSpec command = CommandSpec.create().name("show");
    command
        .usageMessage()
        .description("Shows a back\\slash. At once.", ".TH is no request here.")
        .exitCodeList(new LinkedHashMap<>(Map.of("0", "done")))
        .footer("  show --lines 3", "'quoted' words");
    command
        .addOption(
            OptionSpec.builder("-n", "--lines")
                .type(int.class)
                .paramLabel("N")
                .defaultValue("7")
                .description("How many, by default ${DEFAULT-VALUE}: 100 %% of them.")
                .build())
        .addOption(OptionSpec.builder("--secret").hidden(true).build())
        .addOption(OptionSpec.builder("--all").description("All of them.").build());

    assertThat(ManPage.of(command, "show 1-2"))
        .isEqualTo(
            """
            .TH "SHOW" 1 "" "show 1\\-2" "Sluice"
            .SH NAME
            show \\- Shows a back\\eslash
            .SH SYNOPSIS
            show [\\-\\-all] [\\-n=N]
            .SH DESCRIPTION
            Shows a back\\eslash. At once.
            .PP
            \\&.TH is no request here.
            .SH OPTIONS
            .TP
            .B \\-n, \\-\\-lines=N
            How many, by default 7: 100 % of them.
            .TP
            .B \\-\\-all
            All of them.
            .SH EXIT STATUS
            .TP
            .B 0
            done
            .SH EXAMPLES
            .nf
              show \\-\\-lines 3
            \\&'quoted' words
            .fi
            """);
  }

  @Test
  void writesOnePageForEachCommand() throws IOException {
    ManPages.main(new String[] {folder.toString(), "1.2"});

    List<String> pages;
    try (Stream<Path> files = Files.list(folder)) {
      pages = files.map(file -> file.getFileName().toString()).sorted().toList();
    }
    assertThat(pages)
        .contains("sluice-loader.1", "sluice-loader-run.1", "sluice-loader-status.1")
        .hasSizeGreaterThanOrEqualTo(1 + LoaderCli.commandLine().getSubcommands().size());
    assertThat(Files.readString(folder.resolve("sluice-loader.1")))
        .contains(".SH COMMANDS\n")
        .contains(".BR sluice\\-loader\\-status (1)\n")
        .contains(".SH EXIT STATUS\n");
    for (String page : pages) {
      assertThat(Files.readString(folder.resolve(page)))
          .as(page)
          .contains(".SH OPTIONS\n", ".SH EXAMPLES\n")
          .doesNotContain("${", "%n");
    }
  }
}
