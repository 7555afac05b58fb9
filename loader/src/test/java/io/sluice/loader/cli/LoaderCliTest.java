package io.sluice.loader.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sluice.common.config.ConfigException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
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
  void tellsMisuseInOneLineWithTheWayOut() {
    assertThat(run("status", "--config", "f.conf", "--tabel", "orders")).isEqualTo(2);
    assertThat(err.toString())
        .hasLineCount(1)
        .startsWith("sluice-loader: Unknown option")
        .contains("'--tabel'")
        .endsWith(", did you mean --table? (sluice-loader status --help explains)\n");
    assertThat(out.toString()).isEmpty();

    err.getBuffer().setLength(0);
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString())
        .hasLineCount(1)
        .startsWith("sluice-loader: which command? One of [run, init, status, ")
        .endsWith(" (sluice-loader --help explains)\n");

    err.getBuffer().setLength(0);
    assertThat(run("quarantine", "discard", "--config", "f.conf")).isEqualTo(2);
    assertThat(err.toString())
        .hasLineCount(1)
        .endsWith(" (sluice-loader quarantine discard --help explains)\n");
  }

  @Test
  void doesNotWatchOverAnIntervalAlone() {
    assertThat(run("status", "--config", "f.conf", "--interval", "5s")).isEqualTo(2);
    assertThat(err.toString()).contains("Missing required argument").contains("--watch");
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
  void logsTheStackTraceOnlyWhenAskedTo() {
    Logger logger = (Logger) LoggerFactory.getLogger(LoaderCli.class);
    ListAppender<ILoggingEvent> logged = new ListAppender<>();
    logged.start();
    logger.addAppender(logged);

    try {
      assertThat(run("run", "--config", "not-there.conf")).isEqualTo(2);
      assertThat(logged.list).isEmpty();
      assertThat(run("run", "--debug", "--config", "not-there.conf")).isEqualTo(2);
    } finally {
      logger.detachAppender(logged);
    }

    assertThat(err.toString()).contains("there is no such file").doesNotContain("\tat ");
    assertThat(logged.list)
        .singleElement()
        .satisfies(
            event ->
                assertThat(event.getThrowableProxy().getClassName())
                    .isEqualTo(ConfigException.class.getName()));
  }

  @Test
  void pausesAndResumesOnlyTablesOfTheSettingsAndWithAReason() throws IOException {
    String file = smallest();

    assertThat(run("pause", "--config", file, "--table", "others", "--reason", "why")).isEqualTo(2);
    assertThat(err.toString())
        .contains("public.others is none of the tables of the settings: [public.orders]");
    assertThat(run("resume", "--config", file, "--table", "a'b")).isEqualTo(2);
    assertThat(run("pause", "--config", file, "--table", "orders")).isEqualTo(2);
    assertThat(err.toString()).contains("Missing required option: '--reason");
    assertThat(run("pause", "--config", file, "--table", "orders", "--reason", " ")).isEqualTo(2);
    assertThat(err.toString()).contains("a reason must have 1 to 500 characters");
    assertThat(
            run(
                "pause",
                "--dry-run",
                "--config",
                file,
                "--table",
                "ORDERS",
                "--reason",
                "new key",
                "--by",
                "ann"))
        .isEqualTo(0);
    assertThat(out.toString()).contains("public.orders would be paused by ann: new key");
  }

  @Test
  void printsWhatInitWouldDoWithoutAWarehouse() throws IOException {
    assertThat(run("init", "--dry-run", "--config", smallest())).isEqualTo(0);

    assertThat(out.toString())
        .contains("CREATE SCHEMA IF NOT EXISTS audit;")
        .contains("CREATE TABLE IF NOT EXISTS audit.ledger (")
        .contains("CREATE TABLE IF NOT EXISTS audit.paused (")
        .contains("CREATE TABLE IF NOT EXISTS audit.lock_public_orders_");
  }

  private String smallest() throws IOException {
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
    return file.toString();
  }

  private int run(String... arguments) {
    CommandLine command =
        LoaderCli.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }
}
