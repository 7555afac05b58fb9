package io.sluice.acceptance.badweek;

import io.sluice.acceptance.pipeline.Build;
import io.sluice.acceptance.pipeline.Earthquakes;
import io.sluice.acceptance.pipeline.Pipeline;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** A week of an operator, played on the stand-ins within minutes. */
@Command(
    name = "bad-week",
    mixinStandardHelpOptions = true,
    description = {
      "Plays a bad week on this machine, with the earthquakes' pipeline on stand-ins: a bad file, a dropped table, an"
          + " expired password, a lost queue, a region that is down, and the replay of a day. Shows what the operator"
          + " types, and what comes of it.",
      "Ends with 0 only if everything is exact in the end."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:all is exact in the end", "1:not so, or a process failed", "2:usage"})
public final class BadWeek implements Callable<Integer> {
  private static final int SHARDS = 2;

  private static final DateTimeFormatter FOLDER =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  @Override
  public Integer call() {
    try {
      run(Build.current());
      return 0;
    } catch (IllegalStateException | SQLException | IOException e) {
      out.println();
      System.err.println("bad-week: " + e.getMessage());
      return 1;
    }
  }

  private void run(Build build) throws IOException, SQLException {
    build.all();
    Path logs =
        Files.createDirectories(
            build
                .root()
                .resolve("docker/acceptance/target/bad-week")
                .resolve(FOLDER.format(LocalDateTime.now(ZoneOffset.UTC))));
    out.println("logs: " + logs);
    List<String> earthquakes = Earthquakes.real(build.earthquakes("earthquakes.jsonl.gz"));
    try (Pipeline pipeline = Pipeline.start(build, logs, SHARDS, List.of())) {
      Path password = logs.resolve("password");
      pipeline.useLoaderSettings(
          build.earthquakes("bad-week.conf"),
          Map.of(
              "SLUICE_WAREHOUSE_USER",
              Week.LOADER,
              "SLUICE_WAREHOUSE_PASSWORD_FILE",
              password.toString()));
      Week week = new Week(pipeline, password, earthquakes, new Desk(pipeline, out));
      week.begin();
      week.aBadFile();
      week.aDroppedTable();
      week.anExpiredPassword();
      week.aLostQueue();
      week.aRegionThatIsDown();
      week.theReplayOfADay();
      week.theProof();
    }
  }
}
