package io.sluice.loader.operate.reconcile;

import io.sluice.common.manifest.Batch;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.DataFile;
import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.SourceProgress;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.operate.LedgerCursor;
import io.sluice.loader.operate.LogReader;
import io.sluice.loader.operate.reconcile.Difference.Kind;
import io.sluice.loader.plan.BatchId;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.store.SourceBatch;
import io.sluice.loader.warehouse.LedgerEntry;
import io.sluice.loader.warehouse.LedgerHistory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Proves that every record is loaded once or set aside: reads the manifest log, the files in S3 and
 * the ledger side by side, from the oldest manifest to the newest, and tells what differs. Changes
 * nothing, and can run beside writer and loader. Its memory is that of one interval, however long
 * the log is.
 */
public final class Reconciler {
  private final BatchFolders folders;
  private final LedgerHistory ledger;
  private final Set<TableName> tables;
  private final Options options;
  private final InstantSource clock;

  /**
   * A reconciler of these tables.
   *
   * @param tables whose batches must be in the ledger; others are another loader's
   */
  public Reconciler(
      BatchFolders folders,
      LedgerHistory ledger,
      Set<TableName> tables,
      Options options,
      InstantSource clock) {
    this.folders = folders;
    this.ledger = ledger;
    this.tables = Set.copyOf(tables);
    this.options = options;
    this.clock = clock;
  }

  /**
   * What is expected.
   *
   * @param grace for how long a batch may wait, and a file for its manifest
   * @param rowForRecord whether each record makes a row or a reject, as it does without a mapper of
   *     one's own
   */
  public record Options(Duration grace, boolean rowForRecord) {}

  /**
   * Compares a part of a folder's log.
   *
   * @param first the number of the first manifest, from 1
   * @param last that of the last one, {@code Long.MAX_VALUE} for all
   * @param told hears of each difference when it is found
   */
  public Reconciliation run(BatchFolder folder, long first, long last, Consumer<Difference> told) {
    Reconciliation result = new Reconciliation(folder);
    Consumer<Difference> differences =
        difference -> {
          result.count(difference.kind());
          told.accept(difference);
        };
    try (LogReader log = new LogReader(folders, folder, first, last);
        Stream<LedgerEntry> entries = ledger.entries(folder, tables, first, last)) {
      Run run = new Run(folder, first, result, differences);
      run.compare(log, new LedgerCursor(entries));
      run.countOrphans(last == Long.MAX_VALUE);
    }
    return result;
  }

  private final class Run {
    private final BatchFolder folder;
    private final Reconciliation result;
    private final Consumer<Difference> differences;
    private final ShardContinuity shards;
    private final BatchCheck batches;
    private final Instant settled = clock.instant().minus(options.grace());
    private LandedFiles files;
    private long expected;

    private Run(
        BatchFolder folder, long first, Reconciliation result, Consumer<Difference> differences) {
      this.folder = folder;
      this.expected = first;
      this.result = result;
      this.differences = differences;
      this.shards = new ShardContinuity(differences);
      this.batches = new BatchCheck(result, differences, settled);
    }

    private void compare(LogReader log, LedgerCursor ledgerRows) {
      while (log.hasNext()) {
        LogReader.Entry entry = log.next();
        checkGap(entry.number());
        ledgerRows.before(entry.number()).forEach(this::withoutBatch);
        List<LedgerEntry> rows = ledgerRows.of(entry.number());
        if (entry.manifest().isPresent()) {
          check(entry.manifest().get(), rows);
        } else {
          shards.lost();
          tell(Kind.UNREADABLE_MANIFEST, entry.number(), entry.problem());
        }
      }
      ledgerRows.rest().forEach(this::withoutBatch);
    }

    private void countOrphans(boolean toTheEnd) {
      if (files != null) {
        LandedFiles.Orphans orphans = files.orphans(toTheEnd);
        result.orphans = orphans.count();
        result.orphanBytes = orphans.bytes();
      }
    }

    private void checkGap(long number) {
      if (number > expected) {
        shards.lost();
        tell(
            Kind.GAP_IN_LOG,
            expected,
            number == expected + 1
                ? "manifest %d is missing".formatted(expected)
                : "manifests %d to %d are missing".formatted(expected, number - 1));
      }
      expected = number + 1;
      result.firstManifest = result.firstManifest == 0 ? number : result.firstManifest;
      result.lastManifest = number;
    }

    private void check(Manifest manifest, List<LedgerEntry> rows) {
      result.manifests++;
      shards.follow(manifest);
      checkRecords(manifest);
      Map<TableName, List<LedgerEntry>> byTable =
          rows.stream().collect(Collectors.groupingBy(LedgerEntry::table));
      for (Batch batch : manifest.batches()) {
        if (tables.contains(batch.table())) {
          BatchId id = new BatchId(folder, manifest.number(), batch.table());
          List<LedgerEntry> entries =
              Objects.requireNonNullElse(byTable.remove(batch.table()), List.of());
          Batch landed = ReplacedFiles.of(entries).in(batch);
          batches.check(
              new SourceBatch(id, manifest.batchTime(), manifest.createdAt(), landed), entries);
        }
      }
      byTable.values().forEach(entries -> entries.forEach(this::withoutBatch));
      checkFiles(manifest, rows);
    }

    private void checkRecords(Manifest manifest) {
      long records = manifest.sources().stream().mapToLong(SourceProgress::records).sum();
      long rows = manifest.batches().stream().mapToLong(Batch::rows).sum();
      long rejects = manifest.rejects().records();
      result.records += records;
      result.rejects += rejects;
      if (manifest.sources().isEmpty()) {
        // No stream was read: the files were landed by something else.
        return;
      }
      if (options.rowForRecord() && records != rows + rejects) {
        tell(
            Kind.RECORDS,
            manifest.number(),
            "manifest %d has %d records, and %d rows and %d rejects"
                .formatted(manifest.number(), records, rows, rejects));
      }
    }

    private void checkFiles(Manifest manifest, List<LedgerEntry> rows) {
      if (files == null) {
        files = new LandedFiles(folders, folder, manifest.batchTime(), settled);
      }
      if (manifest.kind() == Manifest.Kind.TAKEOVER) {
        return;
      }
      Map<String, Long> sizes = new HashMap<>(files.of(manifest.batchTime()));
      List<DataFile> named = new ArrayList<>(manifest.rejects().files());
      for (Batch batch : manifest.batches()) {
        if (tables.contains(batch.table())) {
          named.addAll(batch.files());
        } else {
          result.others.merge(batch.table(), 1L, Long::sum);
          batch.files().forEach(file -> sizes.remove(file.key()));
        }
      }
      sizes.putAll(files.adopted(manifest.batchTime(), named));
      Set<String> setAside =
          rows.stream()
              .filter(row -> !row.state().isLoaded() && row.files() > 0)
              .flatMap(row -> row.file().stream())
              .collect(Collectors.toSet());
      ReplacedFiles replaced = ReplacedFiles.of(rows);
      for (DataFile file : named.stream().distinct().map(replaced::in).toList()) {
        result.files++;
        result.bytes += file.bytes();
        Long size = sizes.remove(file.key());
        if (size == null && !setAside.contains(file.key())) {
          tell(
              Kind.MISSING_FILE,
              manifest.number(),
              "%s, %d rows, is not in S3".formatted(folder.uri(file.key()), file.rows()));
        } else if (size != null && size != file.bytes()) {
          tell(
              Kind.WRONG_SIZE,
              manifest.number(),
              "%s has %d bytes in S3 and %d in manifest %d"
                  .formatted(folder.uri(file.key()), size, file.bytes(), manifest.number()));
        }
      }
      files.unnamed(sizes.size(), sizes.values().stream().mapToLong(Long::longValue).sum());
    }

    private void withoutBatch(LedgerEntry row) {
      BatchId id = new BatchId(folder, row.manifest(), row.table());
      differences.accept(
          Difference.of(
              Kind.LEDGER_WITHOUT_BATCH,
              id,
              "the ledger has %s by load %s, and the log has no such batch"
                  .formatted(id, row.loadId())));
    }

    private void tell(Kind kind, long manifest, String what) {
      differences.accept(Difference.of(kind, manifest, what));
    }
  }
}
