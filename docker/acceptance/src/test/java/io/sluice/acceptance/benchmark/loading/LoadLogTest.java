package io.sluice.acceptance.benchmark.loading;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.acceptance.benchmark.loading.LoadLog.Load;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadLogTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void makeTheFile() throws IOException {
    file = Files.createFile(folder.resolve("loader.log"));
  }

  @Test
  void findsTheLoadsAmongOtherLines() throws IOException {
    append(
        "2026-11-22T10:00:00.000Z INFO  [main] RunCommand - loading [public.t] from [s3://b/x]\n");
    append(
        "2026-11-22T10:00:01.234Z INFO  [load-public.t] SettledLoads - load abc of public.t: 10"
            + " batches, 40 files, 100000 rows, 11 bytes in PT1S, COPY PT0.9S, freshness PT2S\n");

    assertThat(new LoadLog(new LogFile(file)).loads())
        .containsExactly(new Load(Instant.parse("2026-11-22T10:00:01.234Z"), 10));
  }

  @Test
  void readsOnWhereItLeftAndTakesNoHalfLine() throws IOException {
    LoadLog log = new LoadLog(new LogFile(file));
    append("2026-11-22T10:00:01.234Z INFO  [l] SettledLoads - load a of public.t: 10 batches, 4");
    int before = log.batches();
    append(
        "0 files\n2026-11-22T10:00:02.000Z INFO  [l] SettledLoads - load b of public.t: 5 batches, 1\n");

    assertThat(before).isZero();
    assertThat(log.batches()).isEqualTo(15);
    assertThat(log.batches()).isEqualTo(15);
  }

  private void append(String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.APPEND);
  }
}
