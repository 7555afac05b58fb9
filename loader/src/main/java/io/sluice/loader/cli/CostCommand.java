package io.sluice.loader.cli;

import io.sluice.loader.cli.output.Column;
import io.sluice.loader.cli.output.Rows;
import io.sluice.loader.daemon.CommandParts;
import io.sluice.loader.daemon.LoaderConfig;
import io.sluice.loader.operate.report.Cost;
import io.sluice.loader.operate.report.DayCost;
import io.sluice.loader.operate.report.DayCost.Usage;
import io.sluice.loader.operate.report.Prices;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code cost}: what loads have taken. */
@Command(
    name = "cost",
    description = {
      "Tells what loads took, table by table and day by day of UTC: COPYs, batches, files, rows,"
          + " bytes, requests and time, from the ledger; and what that costs by the prices in the"
          + " settings.",
      "Requests are those of the loader and of COPY: a GET for each manifest, COPY manifest and"
          + " file, a PUT for each COPY manifest, three requests to SQS for each message. The time"
          + " is that of the COPYs, as far as sys_load_history remembers those of a day, else that"
          + " of the loads with their wait for the lock; what runs side by side counts twice."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  The last seven days:",
      "    sluice-loader cost --config loader.conf",
      "  A month of one table, as a sheet:",
      "    sluice-loader cost -c loader.conf --days 30 -t orders -o csv > cost.csv"
    })
final class CostCommand implements Callable<Integer> {
  private static final String TOTAL = "total";
  private static final int MOST_DAYS = 3660;

  private static final List<Column> COLUMNS =
      List.of(
          Column.text("day"),
          Column.text("table"),
          Column.number("copies"),
          Column.number("batches"),
          Column.number("files"),
          Column.number("rows"),
          Column.bytes("bytes"),
          Column.number("s3_gets"),
          Column.number("s3_puts"),
          Column.number("sqs_requests"),
          Column.duration("warehouse"),
          Column.money("request_cost"),
          Column.money("warehouse_cost"),
          Column.text("currency"));

  @Spec private CommandSpec spec;

  @Mixin private ConfigOption config;

  @Mixin private TablesOption tables;

  @Mixin private OutputOption output;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "7",
      description = "How many days, today included; by default ${DEFAULT-VALUE}.")
  private int days;

  @Override
  public Integer call() {
    if (days < 1 || days > MOST_DAYS) {
      throw new ParameterException(
          spec.commandLine(), "--days must be 1 to " + MOST_DAYS + ", not " + days);
    }
    LoaderConfig settings = config.read();
    LocalDate today = LocalDate.ofInstant(Clock.systemUTC().instant(), ZoneOffset.UTC);
    Cost cost =
        new Cost(new CommandParts(settings).warehouse(), tables.read(settings, spec.commandLine()));
    // Only a whole answer is begun: half of it would look like one.
    List<DayCost> costs = new ArrayList<>();
    costs.add(cost.run(today.minusDays(days - 1L), today, costs::add));
    try (Rows rows = output.rows(COLUMNS)) {
      costs.forEach(each -> rows.add(cells(each, settings.prices())));
    }
    return ExitCode.DONE;
  }

  private static Object[] cells(DayCost cost, Prices prices) {
    Usage usage = cost.usage();
    return new Object[] {
      cost.day().map(Object.class::cast).orElse(TOTAL),
      cost.table().orElse(null),
      usage.copies(),
      usage.batches(),
      usage.files(),
      usage.rows(),
      usage.bytes(),
      usage.s3Gets(),
      usage.s3Puts(),
      usage.sqsRequests(),
      usage.warehouse().orElse(null),
      usage.requestCost(prices),
      usage.warehouseCost(prices).orElse(null),
      prices.currency()
    };
  }
}
