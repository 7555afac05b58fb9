package io.sluice.acceptance.quickstart;

import io.sluice.acceptance.pipeline.Resources;
import io.sluice.acceptance.pipeline.Stages;
import io.sluice.acceptance.pipeline.Stages.Landed;
import io.sluice.acceptance.pipeline.Stages.Loaded;
import io.sluice.stack.process.StackEndpoints;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;

/** What the quick start tells at its end. */
final class Report {
  private static final String STRONGEST =
      """
      select to_char(time at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS') as time, mag, depth, place
      from public.earthquakes
      order by mag desc, time
      limit 5
      """;

  private static final String FRESHNESS =
      """
      select min(seconds), percentile_cont(0.5) within group (order by seconds), max(seconds), count(distinct load_id)
      from (
        select extract(epoch from loaded_at) - extract(epoch from arrival_min) as seconds, load_id
        from sluice.ledger
      ) as batches
      """;

  private final PrintStream out;
  private final Resources resources;

  Report(PrintStream out, Resources resources) {
    this.out = out;
    this.resources = resources;
  }

  /** Tells everything; 0 if every record arrived exactly once, else 1. */
  int verdict(long put, Stages stages, long expected) throws SQLException {
    Landed landed = stages.landed();
    Loaded loaded = stages.loaded();
    strongest();
    counts(put, landed, loaded);
    freshness();
    boolean exactlyOnce =
        put == expected
            && landed.read() == expected
            && landed.landed() == expected
            && loaded.rows() == expected
            && loaded.distinct() == expected;
    out.println();
    out.printf(
        Locale.ROOT,
        exactlyOnce ? "All %,d arrived exactly once.%n" : "NOT all %,d arrived exactly once.%n",
        expected);
    return exactlyOnce ? 0 : 1;
  }

  private void strongest() throws SQLException {
    out.println();
    out.println("The five strongest, as the warehouse has them:");
    out.println();
    out.printf(Locale.ROOT, "  %-19s  %4s  %6s  %s%n", "time (UTC)", "mag", "depth", "place");
    try (Connection connection = resources.clients().warehouse();
        Statement statement = connection.createStatement();
        ResultSet quakes = statement.executeQuery(STRONGEST)) {
      while (quakes.next()) {
        out.printf(
            Locale.ROOT,
            "  %-19s  %4.1f  %6.1f  %s%n",
            quakes.getString(1),
            quakes.getDouble(2),
            quakes.getDouble(3),
            quakes.getString(4));
      }
    }
  }

  private void counts(long put, Landed landed, Loaded loaded) {
    out.println();
    out.println("Counts at every stage:");
    out.println();
    out.printf(Locale.ROOT, "  put into Kinesis     %,9d records%n", put);
    out.printf(Locale.ROOT, "  read by the writer   %,9d records%n", landed.read());
    out.printf(
        Locale.ROOT,
        "  landed in S3         %,9d rows in %,d files of %,d batches%n",
        landed.landed(),
        landed.files(),
        landed.batches());
    out.printf(Locale.ROOT, "  set aside as rejects %,9d records%n", landed.rejected());
    out.printf(
        Locale.ROOT,
        "  in the warehouse     %,9d rows, %,d different ids%n",
        loaded.rows(),
        loaded.distinct());
  }

  private void freshness() throws SQLException {
    try (Connection connection = resources.clients().warehouse();
        Statement statement = connection.createStatement();
        ResultSet seconds = statement.executeQuery(FRESHNESS)) {
      seconds.next();
      out.println();
      out.printf(
          Locale.ROOT,
          "Freshness, from a batch's first arrival to its commit: %.1f s at best, %.1f s median, %.1f s at worst,"
              + " in %d loads.%n",
          seconds.getDouble(1),
          seconds.getDouble(2),
          seconds.getDouble(3),
          seconds.getLong(4));
    }
  }

  /** Tells where everything is; {@code loaderCommands} are for a shell. */
  void lookAround(StackEndpoints endpoints, List<String> loaderCommands) {
    StackEndpoints.Redshift redshift = endpoints.redshift().orElseThrow();
    String address = redshift.url().substring(redshift.url().indexOf("//") + 2);
    String host = address.substring(0, address.indexOf(':'));
    String port = address.substring(address.indexOf(':') + 1, address.indexOf('/'));
    String database = address.substring(address.indexOf('/') + 1).replaceFirst("[?;].*", "");
    String credentials =
        "AWS_ACCESS_KEY_ID=%s AWS_SECRET_ACCESS_KEY=%s AWS_REGION=%s"
            .formatted(endpoints.accessKey(), endpoints.secretKey(), endpoints.region());
    out.println();
    out.println("Everything is left running. To look around, in another shell:");
    out.println();
    loaderCommands.forEach(line -> out.println("  " + line));
    out.printf(
        "  PGPASSWORD=%s psql -h %s -p %s -U %s %s -c 'select * from sluice.ledger'%n",
        redshift.password(), host, port, redshift.user(), database);
    out.printf(
        "  %s aws --endpoint-url %s s3 ls --recursive %s/%n",
        credentials, endpoints.s3(), resources.batchFolder());
    out.printf(
        "  %s aws --endpoint-url %s sqs get-queue-attributes --attribute-names All --queue-url %s%n",
        credentials, endpoints.sqs(), resources.queueUrl());
    out.printf(
        "  %s aws --endpoint-url %s kinesis list-streams%n", credentials, endpoints.kinesis());
    out.println();
    out.println("Ctrl-C stops everything.");
  }
}
