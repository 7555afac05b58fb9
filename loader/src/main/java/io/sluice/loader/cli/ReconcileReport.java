package io.sluice.loader.cli;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.ManifestMessage;
import io.sluice.loader.cli.output.Column;
import io.sluice.loader.cli.output.Rows;
import io.sluice.loader.operate.reconcile.Difference;
import io.sluice.loader.operate.reconcile.Difference.Kind;
import io.sluice.loader.operate.reconcile.Reconciliation;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;

/**
 * What {@code reconcile} says, as it finds it: to people sentences, sums and the verdict on stdout;
 * to programs the differences there, and the rest on stderr. One thread.
 */
final class ReconcileReport implements AutoCloseable {
  /** Of each kind and for people; more are counted. */
  private static final int WORD_FOR_WORD = 20;

  private static final List<Column> COLUMNS =
      List.of(
          Column.text("folder"),
          Column.text("kind"),
          Column.number("manifest"),
          Column.text("table"),
          Column.text("what"),
          Column.text("remedy"));

  private final PrintWriter words;
  private final Optional<Rows> rows;
  private final Map<Kind, Long> told = new EnumMap<>(Kind.class);
  private long differences;
  private long manifests;
  private BatchFolder folder;

  private ReconcileReport(PrintWriter words, Optional<Rows> rows) {
    this.words = words;
    this.rows = rows;
  }

  static ReconcileReport of(OutputOption output, CommandLine command) {
    return output.format().isForPeople()
        ? new ReconcileReport(command.getOut(), Optional.empty())
        : new ReconcileReport(command.getErr(), Optional.of(output.rows(COLUMNS)));
  }

  /** From now on it is about this folder. */
  void folder(BatchFolder next) {
    folder = next;
    told.clear();
    words.println(folder);
  }

  /** From now on it is about the tables themselves. */
  void tables() {
    folder = null;
    told.clear();
    words.println("tables");
  }

  void difference(Difference difference) {
    differences++;
    long known = told.merge(difference.kind(), 1L, Long::sum);
    if (rows.isPresent()) {
      rows.get()
          .add(
              folder,
              difference.kind().text(),
              difference.manifest().isPresent() ? difference.manifest().getAsLong() : null,
              difference.table().orElse(null),
              difference.what(),
              difference.kind().remedy());
    } else if (known <= WORD_FOR_WORD) {
      words.printf("  %s: %s%n", difference.kind().text(), difference.what());
      words.printf("    what to do: %s%n", difference.kind().remedy());
      words.flush();
    }
  }

  /** A batch was announced again, or would be. */
  void enqueued(ManifestMessage message, boolean dryRun) {
    words.printf(
        "  %s: %s#%d/%s%n",
        dryRun ? "would be enqueued" : "enqueued",
        message.batchFolder(),
        message.manifest(),
        message.table());
  }

  void note(String note) {
    words.println("  " + note);
  }

  /** How many differences there were so far. */
  long differences() {
    return differences;
  }

  /** The sums of a folder. */
  void summary(Reconciliation found) {
    told.forEach(
        (kind, count) -> {
          if (rows.isEmpty() && count > WORD_FOR_WORD) {
            words.printf(Locale.ROOT, "  %s: %,d in all%n", kind.text(), count);
          }
        });
    line(
        "manifests",
        "%,d of the numbers %,d to %,d",
        found.manifests(),
        found.firstManifest(),
        found.lastManifest());
    line("records", "%,d read, %,d of them set aside as rejects", found.records(), found.rejects());
    line(
        "batches",
        "%,d landed, %,d loaded, %,d waiting",
        found.batches(),
        found.batchesLoaded(),
        found.batchesWaiting());
    line(
        "rows",
        "%,d landed, %,d loaded, %,d in quarantine, %,d waiting",
        found.rows(),
        found.rowsLoaded(),
        found.rowsSetAside(),
        found.rowsWaiting());
    line("files", "%,d of %,d bytes", found.files(), found.bytes());
    line(
        "orphans",
        "%,d files of %,d bytes that no manifest names: left by tasks that died, and harmless",
        found.orphans(),
        found.orphanBytes());
    found
        .others()
        .forEach(
            (table, count) ->
                line(
                    "not looked at",
                    "%,d batches of %s, which is not among the tables",
                    count,
                    table));
    manifests += found.manifests();
    words.flush();
  }

  /** Where there was nothing, nothing is proved. */
  void verdict(boolean exact) {
    String well = manifests == 0 ? "nothing to compare: no manifest in this range" : "exact";
    words.println(exact ? well : "NOT EXACT");
  }

  @Override
  public void close() {
    rows.ifPresent(Rows::close);
    words.flush();
  }

  private void line(String name, String format, Object... values) {
    words.printf("  %-10s %s%n", name, String.format(Locale.ROOT, format, values));
  }
}
