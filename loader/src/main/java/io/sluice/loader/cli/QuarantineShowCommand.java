package io.sluice.loader.cli;

import io.sluice.common.manifest.ContractException;
import io.sluice.loader.cli.output.Column;
import io.sluice.loader.cli.output.Rows;
import io.sluice.loader.daemon.CommandParts;
import io.sluice.loader.daemon.LoaderConfig;
import io.sluice.loader.load.QuarantineNotes;
import io.sluice.loader.load.RepairedFile;
import io.sluice.loader.operate.quarantine.Excerpt;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.warehouse.LedgerEntry.State;
import io.sluice.loader.warehouse.QuarantineEntry;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code quarantine show}: all that is known of files in quarantine, and their bad lines. */
@Command(
    name = "show",
    description = {
      "Shows all that is known of files in quarantine, and the bad lines as they are in "
          + "S3, with three lines before and behind. Lines are counted as COPY counts them: a "
          + "quoted field with an end of line in it makes its row two lines."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice-loader quarantine show --config loader.conf s3://bucket/events#42",
      "  sluice-loader quarantine show --config loader.conf --table orders --manifest 42"
    })
final class QuarantineShowCommand implements Callable<Integer> {
  private static final List<Column> COLUMNS =
      List.of(
          Column.text("table"),
          Column.text("batch"),
          Column.time("batch_time"),
          Column.text("file"),
          Column.text("state"),
          Column.text("extent"),
          Column.number("rows"),
          Column.bytes("bytes"),
          Column.bytes("bytes_in_s3"),
          Column.text("reason"),
          Column.number("line"),
          Column.text("column"),
          Column.text("value"),
          Column.time("since"),
          Column.text("by"),
          Column.text("load_id"),
          Column.text("lines"));

  /** Of rows that were left out, so many are shown. */
  private static final int MOST_LINES = 20;

  @Mixin private ConfigOption config;

  @Mixin private QuarantineSelection selection;

  @Mixin private OutputOption output;

  @Override
  public Integer call() {
    LoaderConfig settings = config.read();
    CommandParts parts = new CommandParts(settings);
    List<QuarantineEntry> entries = selection.readChosen(settings, parts.warehouse().quarantine());
    BatchFolders folders = parts.folders();
    try (Rows rows = output.blocks(COLUMNS)) {
      for (QuarantineEntry entry : entries) {
        add(rows, entry, folders);
      }
    }
    return ExitCode.DONE;
  }

  private static void add(Rows rows, QuarantineEntry entry, BatchFolders folders) {
    Long size = null;
    String lines;
    try {
      RepairedFile file = RepairedFile.of(entry, folders);
      size = file.bytes();
      lines = lines(file, folders);
    } catch (ContractException | UncheckedIOException e) {
      lines = e.getMessage();
    }
    rows.add(
        entry.batch().table(),
        QuarantineCells.batch(entry),
        entry.batchTime(),
        entry.uri(),
        QuarantineCells.state(entry),
        QuarantineCells.extent(entry),
        entry.rows(),
        entry.bytes() == 0 ? null : entry.bytes(),
        size,
        entry.error().reason(),
        QuarantineCells.line(entry),
        QuarantineCells.orNull(entry.error().column()),
        QuarantineCells.orNull(entry.error().value()),
        entry.since(),
        entry.by(),
        entry.loadId(),
        lines);
  }

  private static String lines(RepairedFile file, BatchFolders folders) {
    List<Long> wanted = new ArrayList<>();
    if (file.entry().state() == State.LEFT_OUT) {
      wanted.addAll(new QuarantineNotes(folders).linesLeftOut(file.entry()));
    }
    if (wanted.isEmpty()) {
      wanted.add(file.entry().error().line());
    }
    Optional<String> refusal = Excerpt.refusal(file.batch().batch(), wanted);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    List<Long> shown = wanted.subList(0, Math.min(MOST_LINES, wanted.size()));
    List<Excerpt.Line> lines = Excerpt.of(folders, file, shown);
    return lines.isEmpty()
        ? "the file has no line " + shown.get(0)
        : lines.stream().map(QuarantineShowCommand::text).collect(Collectors.joining("\n"));
  }

  private static String text(Excerpt.Line line) {
    return "%s %d: %s".formatted(line.isMeant() ? ">" : " ", line.number(), line.text());
  }
}
