package io.sluice.loader.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.loader.stack.LoaderPlace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The built command in a real shell whose reader goes away, or was never there. */
class PipesIT {
  @RegisterExtension private final LoaderPlace place = new LoaderPlace();

  @Test
  void endsAlikeWhenNobodyReads() throws IOException, InterruptedException {
    place.newTable("things");
    place.makeLedger();
    Path settings = place.configure();
    String command = Path.of(System.getProperty("sluice.root"), "loader/bin/sluice-loader") + " ";
    String init = command + "init --dry-run --config " + settings;

    assertThat(shell(init + " | head -1; echo ${PIPESTATUS[0]}"))
        .isEqualTo("CREATE SCHEMA IF NOT EXISTS %s;\n0\n".formatted(schema()));
    assertThat(shell(init + " >&-; echo $?")).isEqualTo("0\n");
    assertThat(shell(command + "reconcile --config nowhere.conf >&- 2>&-; echo $?"))
        .isEqualTo("2\n");
    assertThat(shell(command + "completion | head -1; echo ${PIPESTATUS[0]}"))
        .isEqualTo("#!/usr/bin/env bash\n0\n");
  }

  @Test
  void doesNotPassAnAnswerForWholeThatCouldNotBeWritten() throws IOException, InterruptedException {
    String command = Path.of(System.getProperty("sluice.root"), "loader/bin/sluice-loader") + " ";

    assertThat(shell(command + "completion > /dev/full; echo $?"))
        .isEqualTo("sluice-loader: the answer cannot be written: No space left on device\n1\n");
  }

  @Test
  void aWatchEndsWhenNobodyReadsItAnyMore() throws IOException, InterruptedException {
    place.newTable("things");
    place.makeLedger();
    String command = Path.of(System.getProperty("sluice.root"), "loader/bin/sluice-loader") + " ";
    String watch = "status --watch --interval 1s --config " + place.configure();

    assertThat(shell("timeout 60 " + command + watch + " | head -1; echo ${PIPESTATUS[0]}"))
        .endsWith("\n0\n");
    assertThat(shell("timeout 60 " + command + watch + " > /dev/full; echo $?"))
        .endsWith("cannot be written: No space left on device\n1\n");
  }

  private String schema() {
    return place.ledger().replace(".ledger", "");
  }

  private String shell(String commands) throws IOException, InterruptedException {
    ProcessBuilder shell = new ProcessBuilder("bash", "-c", commands).redirectErrorStream(true);
    shell.environment().put("SLUICE_LOADER_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
    shell.environment().put("AWS_REGION", place.stack().endpoints().region());
    shell.environment().put("AWS_ACCESS_KEY_ID", place.stack().endpoints().accessKey());
    shell.environment().put("AWS_SECRET_ACCESS_KEY", place.stack().endpoints().secretKey());
    Process bash = shell.start();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    bash.waitFor();
    return said;
  }
}
