package io.sluice.loader.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class LoaderCliTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void explainsItselfWithExamples() {
    assertThat(run("--help")).isEqualTo(0);
    assertThat(out.toString())
        .contains("Usage: sluice-loader")
        .contains("run")
        .contains("init")
        .contains("sluice-loader run --config loader.conf");
    assertThat(run("run", "--help")).isEqualTo(0);
    assertThat(run("init", "--help")).isEqualTo(0);
  }

  @Test
  void namesItsVersion() {
    assertThat(run("--version")).isEqualTo(0);
    assertThat(out.toString()).startsWith("sluice-loader ");
  }

  @Test
  void leavesWithTwoOnWrongUsage() {
    assertThat(run()).isEqualTo(2);
    assertThat(run("sprint")).isEqualTo(2);
    assertThat(run("run")).isEqualTo(2);
    assertThat(err.toString()).contains("Missing required option: '--config=FILE'");
  }

  @Test
  void leavesWithTwoOnWrongSettingsAndNamesThem() throws IOException {
    Path file = folder.resolve("f.conf");
    Files.writeString(file, "loader { queue.url = nowhere }");

    assertThat(run("run", "--config", file.toString())).isEqualTo(2);

    assertThat(err.toString())
        .contains("problems in " + file)
        .contains("loader.queue.url = nowhere")
        .contains("loader.warehouse.url is missing")
        .doesNotContain("\tat ");
  }

  @Test
  void showsTheStackTraceOnlyWhenAskedTo() {
    assertThat(run("run", "--debug", "--config", "not-there.conf")).isEqualTo(2);

    assertThat(err.toString()).contains("there is no such file").contains("\tat ");
  }

  @Test
  void printsWhatInitWouldDoWithoutAWarehouse() throws IOException {
    Path file = folder.resolve("f.conf");
    Files.writeString(
        file,
        """
        loader {
          queue.url = "http://127.0.0.1:1/queue"
          batch-folders = ["s3://bucket/x"]
          warehouse {
            url = "jdbc:redshift://127.0.0.1:1/dev", user = u, password = p, iam-role = default
            ledger.schema = audit
          }
          tables = [{ name = orders }]
        }
        """);

    assertThat(run("init", "--dry-run", "--config", file.toString())).isEqualTo(0);

    assertThat(out.toString())
        .contains("CREATE SCHEMA IF NOT EXISTS audit;")
        .contains("CREATE TABLE IF NOT EXISTS audit.ledger (")
        .contains("CREATE TABLE IF NOT EXISTS audit.lock_public_orders_");
  }

  private int run(String... arguments) {
    CommandLine command =
        LoaderCli.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }
}
