package io.sluice.stack.redshift;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * How fast COPY is beside psql's own {@code \copy} of the same file into the same table, round by
 * round in turn: {@code -Dredshift.benchmark=true}, {@code -Dredshift.benchmark.rounds=N}. Needs
 * psql.
 */
@EnabledIfSystemProperty(named = "redshift.benchmark", matches = "true")
@Timeout(900)
class CopySpeedIT extends RedshiftServerCase {
  private static final int ROUNDS = Integer.getInteger("redshift.benchmark.rounds", 5);
  private static final int ROWS = 600_000;
  private static final double GOAL = 0.6;

  @TempDir private Path directory;

  @Test
  void copiesAtMoreThanHalfTheSpeedOfPsql() throws Exception {
    Path file = directory.resolve("rows.csv");
    long bytes = write(file);
    String url = objects().stream("speed/rows.csv", () -> open(file));
    List<Double> ratios = new ArrayList<>();
    try (Connection connection = connect()) {
      execute(connection, "drop table if exists speed");
      execute(
          connection,
          "create table speed (id int, name varchar(40), price decimal(8,2), ok boolean,"
              + " at timestamp, n bigint)");
      for (int round = 0; round <= ROUNDS; round++) {
        double psql = seconds(connection, () -> psql(file));
        double copy =
            seconds(
                connection,
                () -> execute(connection, "copy speed from '" + url + "' iam_role default csv"));
        System.err.printf(
            "round %d: \\copy %.1f MB/s, COPY %.1f MB/s, ratio %.2f%n",
            round, bytes / psql / 1e6, bytes / copy / 1e6, psql / copy);
        if (round > 0) {
          ratios.add(psql / copy);
        }
      }
      long begun = System.nanoTime();
      execute(connection, "copy speed from '" + url + "' iam_role default csv noload");
      System.err.printf(
          "NOLOAD, which only reads and converts: %.1f MB/s%n",
          bytes / ((System.nanoTime() - begun) / 1e9) / 1e6);
      execute(connection, "drop table speed");
    }

    ratios.sort(null);
    double median = ratios.get(ratios.size() / 2);
    System.err.printf("median ratio %.2f of %d rounds%n", median, ROUNDS);
    assertThat(median).isGreaterThanOrEqualTo(GOAL);
  }

  private interface Step {
    void run() throws Exception;
  }

  private static double seconds(Connection connection, Step step) throws Exception {
    execute(connection, "truncate speed");
    long begun = System.nanoTime();
    step.run();
    double seconds = (System.nanoTime() - begun) / 1e9;
    assertThat(value(connection, "select count(*) from speed")).isEqualTo(Integer.toString(ROWS));
    return seconds;
  }

  private static void psql(Path file) throws IOException, InterruptedException {
    Process psql =
        new ProcessBuilder(
                "psql",
                "-X",
                "-q",
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(server().postgresPort()),
                "-U",
                "postgres",
                "-d",
                "dev",
                "-c",
                "\\copy speed from '" + file + "' with (format csv)")
            .inheritIO()
            .start();
    assertThat(psql.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(psql.exitValue()).isZero();
  }

  private static long write(Path file) throws IOException {
    Random random = new Random(1);
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < ROWS; i++) {
      rows.append(i)
          .append(",some text of a usual length ")
          .append(random.nextInt(100_000))
          .append(',')
          .append(random.nextInt(100_000))
          .append(".50,")
          .append(random.nextBoolean())
          .append(",2026-01-02 03:04:0")
          .append(random.nextInt(10))
          .append(',')
          .append(random.nextLong())
          .append('\n');
    }
    byte[] bytes = rows.toString().getBytes(StandardCharsets.UTF_8);
    Files.write(file, bytes);
    return bytes.length;
  }

  private static InputStream open(Path file) {
    try {
      return Files.newInputStream(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
