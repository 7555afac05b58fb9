package io.sluice.loader.cli;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.daemon.CommandParts;
import io.sluice.loader.daemon.LoaderConfig;
import io.sluice.loader.operate.adoption.Adoption;
import io.sluice.loader.operate.adoption.AdoptionResult;
import io.sluice.loader.operate.backfill.Backfill;
import io.sluice.loader.operate.backfill.BackfillRange;
import io.sluice.loader.operate.backfill.BackfillResult;
import io.sluice.loader.operate.backfill.ReloadCheck;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code backfill}: loads a part of the log by hand. */
@Command(
    name = "backfill",
    description = {
      "Loads what the manifest log has and the ledger has not, in large loads.",
      "Safe beside the running daemon, and to repeat: after Ctrl-C or a crash run it again."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all is in the ledger",
      "1:failed, or something is left: run it again",
      "2:wrong usage, settings or set-up",
      "3:all is decided, but batches were refused or files went to quarantine",
      "130, 143:stopped by Ctrl-C or SIGTERM: run it again"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  What a day has and the ledger has not, first to look and then to load:",
      "    sluice-loader backfill -c loader.conf --all --from 2026-11-22 --to 2026-11-23 --dry-run",
      "    sluice-loader backfill -c loader.conf --all --from 2026-11-22 --to 2026-11-23",
      "  The last two hours of two tables:",
      "    sluice-loader backfill -c loader.conf -t orders -t clicks --from '2h ago'",
      "  Replace what is loaded of some manifests (needs load-column in the table's settings):",
      "    sluice-loader backfill -c loader.conf -t orders --manifest 700..712 --reload",
      "  A day into a table of its own:",
      "    sluice-loader backfill -c loader.conf -t orders --from 2026-11-22 --to 2026-11-23 \\",
      "      --into orders_again",
      "  Files of a saveAsTextFiles(\"s3://bucket/old/orders\"):",
      "    sluice-loader backfill -c loader.conf -t orders --adopt --batch-folder s3://bucket/old \\",
      "      --columns 'id bigint, name varchar(64)'"
    })
final class BackfillCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ConfigOption config;

  @ArgGroup(multiplicity = "1")
  private BackfillTables tables;

  @ArgGroup(exclusive = false)
  private BackfillRanges ranges = new BackfillRanges();

  @ArgGroup(exclusive = false)
  private ReloadOptions reload;

  @ArgGroup(exclusive = false)
  private AdoptOptions adopt;

  @Option(
      names = "--into",
      paramLabel = "TABLE",
      description = {
        "Load the batches of the one --table into this one, of the same columns.",
        "It has an identity of its own in the ledger: the first table's is left alone."
      })
  private String into;

  @Option(
      names = "--max-concurrency",
      paramLabel = "N",
      description = {
        "How many tables load at the same time, beside what the daemon does; by default "
            + "copy.max-concurrency of the settings."
      })
  private Integer maxConcurrency;

  @Option(
      names = "--patience",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      defaultValue = "10m",
      description = {
        "How long a table's load is tried again while what it fails of passes by itself, by "
            + "default ${DEFAULT-VALUE}."
      })
  private Duration patience;

  @Option(names = "--ignore-windows", description = "Load in maintenance windows, too.")
  private boolean ignoreWindows;

  @Option(names = "--dry-run", description = "Show the loads that would run; change nothing.")
  private boolean dryRun;

  @Mixin private OutputOption output;

  private Set<BatchFolder> wanted;

  @Override
  public Integer call() throws InterruptedException {
    LoaderConfig settings = config.read();
    wanted = ranges.folders(settings, spec.commandLine());
    // A load that is replaced may have batches of any folder.
    Set<BatchFolder> folders = new LinkedHashSet<>(settings.folders());
    folders.addAll(wanted);
    List<TableName> sources = tables.read(settings, spec.commandLine());
    Optional<TableName> other = other(settings, sources);
    requireReloadable(settings, sources);
    BackfillParts parts =
        new BackfillParts(settings, new CommandParts(settings).folders(folders), sources, other);
    try (BackfillBar bar = BackfillBar.on(spec.commandLine().getErr())) {
      Backfill backfill =
          parts.backfill(new Backfill.Options(concurrency(settings), patience), bar, ignoreWindows);
      return dryRun ? preview(settings, parts, backfill, bar) : run(settings, parts, backfill, bar);
    }
  }

  private int concurrency(LoaderConfig settings) {
    if (maxConcurrency != null && maxConcurrency < 1) {
      throw new ParameterException(spec.commandLine(), "--max-concurrency must be 1 or more");
    }
    return maxConcurrency == null ? settings.maxConcurrency() : maxConcurrency;
  }

  private Optional<TableName> other(LoaderConfig settings, List<TableName> sources) {
    if (into == null) {
      return Optional.empty();
    }
    TableName other = BackfillTables.name(into, "--into", spec.commandLine());
    if (sources.size() != 1 || reload != null || adopt != null) {
      throw new ParameterException(
          spec.commandLine(), "--into takes one --table, and no --reload or --adopt");
    }
    if (settings.tables().containsKey(other)) {
      throw new ParameterException(
          spec.commandLine(),
          "--into: %s is a table of the settings, whose own batches have this name in the ledger: load into another one, and swap the two"
              .formatted(other));
    }
    return Optional.of(other);
  }

  private void requireReloadable(LoaderConfig settings, List<TableName> sources) {
    if (reload == null) {
      return;
    }
    if (adopt != null) {
      throw new ParameterException(spec.commandLine(), "--reload and --adopt do not go together");
    }
    if (ranges.isEverything()) {
      throw new ParameterException(
          spec.commandLine(),
          "--reload: say of which part of the log, by --from, --to or --manifest");
    }
    for (TableName table : sources) {
      if (settings.targets().get(table).loadColumn().isEmpty()) {
        throw new ParameterException(
            spec.commandLine(),
            "--reload: %s has no load-column in its settings, so nobody can tell which rows a load brought: load the range --into another table, and swap the two"
                .formatted(table));
      }
    }
  }

  private int preview(
      LoaderConfig settings, BackfillParts parts, Backfill backfill, BackfillBar bar)
      throws InterruptedException {
    if (adopt != null) {
      AdoptionResult result = adoption(settings, parts).preview(bar::said);
      BackfillAnswer.adoption(output, wanted.iterator().next(), parts.tables().get(0), result);
      return result.isPartial() ? ExitCode.DIFFERENCES : ExitCode.DONE;
    }
    List<BackfillRange> read = ranges.read(parts.folders(), wanted, bar::said);
    if (reload == null) {
      BackfillAnswer.previews(output, backfill.preview(read));
    } else {
      ReloadCheck check = check(parts, read, reload.before(Instant.MAX));
      Map<TableName, ReloadCheck.Size> replaced = new LinkedHashMap<>();
      for (TableName table : parts.tables()) {
        replaced.put(table, check.size(table, read));
      }
      BackfillAnswer.previews(output, backfill.preview(read), replaced);
    }
    return backfill.hasUnreadable() ? ExitCode.DIFFERENCES : ExitCode.DONE;
  }

  private int run(LoaderConfig settings, BackfillParts parts, Backfill backfill, BackfillBar bar)
      throws InterruptedException {
    parts.makeLock();
    List<String> problems = parts.warehouse().problems(parts.tables());
    if (!problems.isEmpty()) {
      problems.forEach(bar::said);
      return ExitCode.USAGE;
    }
    Optional<Adoption> adoption =
        adopt == null ? Optional.empty() : Optional.of(adoption(settings, parts));
    StopHook hook =
        new StopHook(
            () -> {
              adoption.ifPresent(Adoption::stop);
              backfill.stop();
            },
            backfill::abandon,
            settings.shutdownGrace());
    try {
      boolean partial = adoption.isPresent() && adopt(adoption.get(), bar).isPartial();
      int code = load(parts, backfill, bar);
      return code == ExitCode.DONE && partial ? ExitCode.DIFFERENCES : code;
    } finally {
      hook.done();
    }
  }

  private int load(BackfillParts parts, Backfill backfill, BackfillBar bar)
      throws InterruptedException {
    List<BackfillRange> read = ranges.read(parts.folders(), wanted, bar::said);
    Instant before = reload == null ? Instant.MAX : reload.before(Clock.systemUTC().instant());
    if (reload != null) {
      check(parts, read, before);
      backfill.reload(read, before, reload.missing());
    }
    List<BackfillResult> results = backfill.run(read);
    bar.close();
    BackfillAnswer.results(output, results);
    return outcome(backfill, results, bar, before);
  }

  private Adoption adoption(LoaderConfig settings, BackfillParts parts) {
    BatchFolder folder = adopt.folder(wanted, parts.sources(), spec.commandLine());
    return adopt.adoption(
        parts, new CommandParts(settings).store(folder.bucket()), folder, spec.commandLine());
  }

  private static AdoptionResult adopt(Adoption adoption, BackfillBar bar) {
    AdoptionResult result = adoption.adopt(bar::said);
    bar.said(
        "%d intervals adopted, %d were before; %d files, %d rows, %d bytes"
            .formatted(
                result.adopted(), result.known(), result.files(), result.rows(), result.bytes()));
    return result;
  }

  private ReloadCheck check(BackfillParts parts, List<BackfillRange> read, Instant before)
      throws InterruptedException {
    ReloadCheck check = new ReloadCheck(parts.warehouse().history(), before);
    for (TableName table : parts.tables()) {
      Optional<String> problem = reload.isWide() ? Optional.empty() : check.problem(table, read);
      if (problem.isPresent()) {
        throw new ParameterException(spec.commandLine(), "--reload: " + problem.get());
      }
    }
    return check;
  }

  private int outcome(
      Backfill backfill, List<BackfillResult> results, BackfillBar bar, Instant before) {
    boolean unfinished = results.stream().anyMatch(BackfillResult::isUnfinished);
    if (!unfinished) {
      return backfill.hasUnreadable() || results.stream().anyMatch(BackfillResult::hasLosses)
          ? ExitCode.DIFFERENCES
          : ExitCode.DONE;
    }
    if (!backfill.hasReadAll()) {
      bar.said("the log was not read to the end of the range, so that more is left than shown");
    }
    bar.said(
        reload == null
            ? "run the same command again to go on"
            : "run the same command again with --loaded-before %s to go on".formatted(before));
    return ExitCode.FAILED;
  }
}
