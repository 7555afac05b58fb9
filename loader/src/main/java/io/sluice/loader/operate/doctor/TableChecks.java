package io.sluice.loader.operate.doctor;

import io.sluice.common.manifest.TableName;
import io.sluice.loader.operate.quarantine.QuarantineFilter;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.store.CopyManifest;
import io.sluice.loader.store.SourceBatch;
import io.sluice.loader.warehouse.CopyRequest;
import io.sluice.loader.warehouse.FailureKind;
import io.sluice.loader.warehouse.Inspection;
import io.sluice.loader.warehouse.LedgerEntry.State;
import io.sluice.loader.warehouse.TableSettings;
import io.sluice.loader.warehouse.Warehouse;
import io.sluice.loader.warehouse.WarehouseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The checks of one table. */
final class TableChecks {
  private static final Duration OLD = Duration.ofMinutes(15);

  private final TableSettings table;
  private final TableName name;
  private final BatchFolders folders;
  private final Warehouse warehouse;
  private final Inspection inspection;

  TableChecks(
      TableSettings table, BatchFolders folders, Warehouse warehouse, Inspection inspection) {
    this.table = table;
    this.name = table.name();
    this.folders = folders;
    this.warehouse = warehouse;
    this.inspection = inspection;
  }

  Check privileges() {
    String subject = name + " privileges";
    return WarehouseChecks.check(
        subject,
        () -> {
          List<String> missing = inspection.missingPrivileges(name);
          return missing.isEmpty()
              ? List.of(Finding.ok(subject, "may be loaded"))
              : missing.stream()
                  .map(
                      what -> Finding.fail(subject, "no " + what, "GRANT " + what + " TO the user"))
                  .toList();
        });
  }

  private static Finding withoutBatch(String subject, Set<TableName> others) {
    String what = "not told: the last manifests have no batch of it";
    return others.isEmpty()
        ? Finding.info(subject, what)
        : Finding.warn(
            subject,
            what + ", but of " + others,
            "if it should have some, correct the table's name in the settings of loader or writer");
  }

  /** The table against the newest batch, and COPY's role by a COPY that loads nothing. */
  Check newestBatch(NewestBatches newest, String probe) {
    String subject = name + " columns";
    return WarehouseChecks.check(
        subject,
        () -> {
          Optional<SourceBatch> batch = newest.of(name);
          if (batch.isEmpty()) {
            return List.of(
                withoutBatch(subject, newest.tables()),
                Finding.info(name + " COPY", "not tried: there is no batch; --canary tries it"));
          }
          return List.of(columns(subject, batch.get()), copy(batch.get(), probe));
        });
  }

  private Finding columns(String subject, SourceBatch batch) {
    if (batch.batch().columns().isEmpty()) {
      return Finding.info(subject, "rows are handed through as they came");
    }
    List<String> missing = inspection.missing(name, batch.batch().columns());
    if (missing.isEmpty()) {
      return Finding.ok(subject, "the table has those of " + batch.id());
    }
    String statements = String.join("; ", missing);
    boolean creates = missing.get(0).startsWith("CREATE");
    boolean byItself = creates ? table.layout().create() : table.layout().addColumns();
    return byItself
        ? Finding.info(subject, "the next load runs " + statements)
        : Finding.fail(subject, "the table lacks columns of " + batch.id(), "run " + statements);
  }

  private Finding copy(SourceBatch batch, String probe) {
    String subject = name + " COPY";
    if (!batch.batch().format().format().isText()) {
      return Finding.info(
          subject,
          "not tried: COPY cannot try a file in %s without loading it"
              .formatted(batch.batch().format().format()));
    }
    String uri = folders.put(batch.id().folder(), probe, CopyManifest.of(List.of(batch)));
    try {
      inspection.tryCopy(
          name, new CopyRequest(uri, batch.batch().columns(), batch.batch().format()));
    } catch (WarehouseException e) {
      return e.kind() == FailureKind.BAD_DATA
          ? Finding.warn(subject, "the role works; " + e.getMessage(), e.remedy())
          : Finding.fail(subject, e.getMessage(), e.remedy());
    } finally {
      folders.removeCopyManifest(batch.id().folder(), probe);
    }
    return Finding.ok(subject, "the role reads " + batch.id() + " and its rows are good");
  }

  Check waiting(NewestBatches newest, InstantSource clock) {
    String subject = name + " backlog";
    return WarehouseChecks.check(
        subject,
        () -> {
          Optional<SourceBatch> oldest = newest.oldestNotLoaded(name, warehouse.ledger());
          if (oldest.isEmpty()) {
            return List.of(Finding.ok(subject, "all batches of the last manifests are loaded"));
          }
          Instant landed = oldest.get().createdAt();
          Duration age = Duration.between(landed, clock.instant());
          String what =
              "%s landed %d min ago and is not loaded"
                  .formatted(oldest.get().id(), age.toMinutes());
          return List.of(
              age.compareTo(OLD) > 0
                  ? Finding.warn(
                      subject, what, "look whether a loader runs, and what it says of the table")
                  : Finding.ok(subject, what));
        });
  }

  Check pause() {
    String subject = name + " pause";
    return WarehouseChecks.check(
        subject,
        () ->
            List.of(
                warehouse
                    .pauses()
                    .of(name)
                    .map(
                        pause ->
                            Finding.warn(
                                subject,
                                "paused by %s since %s: %s"
                                    .formatted(pause.by(), pause.since(), pause.reason()),
                                "sluice-loader resume --table " + name))
                    .orElse(Finding.ok(subject, "none"))));
  }

  Check quarantine() {
    String subject = name + " quarantine";
    return WarehouseChecks.check(
        subject,
        () -> {
          List<State> open = new ArrayList<>();
          new QuarantineFilter(Set.of(name), null, null, Optional.empty(), List.of())
              .of(warehouse.quarantine())
              .forEach(
                  entry -> {
                    if (entry.state().isOpen()) {
                      open.add(entry.state());
                    }
                  });
          return List.of(
              open.isEmpty()
                  ? Finding.ok(subject, "nothing that waits for a decision")
                  : Finding.warn(
                      subject,
                      open.size() + " files wait for a decision",
                      "sluice-loader quarantine list --table " + name));
        });
  }
}
