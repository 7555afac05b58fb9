package io.sluice.loader.operate.doctor;

import static java.util.Objects.requireNonNull;

import io.sluice.common.aws.AwsSettings;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.BucketFacts;
import io.sluice.common.store.ObjectStore;
import io.sluice.loader.health.HealthProbe;
import io.sluice.loader.intake.QueueSettings;
import io.sluice.loader.intake.Queues;
import io.sluice.loader.operate.doctor.Doctor.Group;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.warehouse.Inspection;
import io.sluice.loader.warehouse.TableSettings;
import io.sluice.loader.warehouse.TlsSettings;
import io.sluice.loader.warehouse.Warehouse;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * All that is looked at, in the order in which people set it up.
 *
 * @param tables those that are looked at, each with its settings
 * @param stores the store of a bucket
 * @param facts what a bucket tells of itself
 * @param id of this examination, in the keys of what it writes
 */
public record Examination(
    AwsSettings aws,
    QueueSettings queue,
    TlsSettings tls,
    Map<TableName, TableSettings> tables,
    BatchFolders folders,
    Function<String, ObjectStore> stores,
    Function<String, BucketFacts> facts,
    Queues queues,
    Warehouse warehouse,
    Inspection inspection,
    HealthProbe probe,
    InstantSource clock,
    String id) {
  public Examination {
    requireNonNull(aws, "aws");
    tables = Map.copyOf(tables);
  }

  /** The checks. */
  public List<Group> groups() {
    List<Group> groups = new ArrayList<>();
    for (BatchFolder folder : folders.all()) {
      groups.add(folder(folder));
    }
    groups.add(new Group(new QueueCheck(queue, queues), List.of()));
    queue.deadLetterUrl().ifPresent(url -> groups.add(deadLetters(url)));
    groups.add(warehouseGroup());
    groups.add(new Group(new DaemonCheck(probe), List.of()));
    return groups;
  }

  private Group folder(BatchFolder folder) {
    BucketFacts bucket = facts.apply(folder.bucket());
    FolderCheck check =
        new FolderCheck(folder, folders, stores.apply(folder.bucket()), bucket, clock, id);
    return new Group(
        check,
        List.of(
            new RegionCheck(
                folder, bucket, aws.s3().regionOr(aws.region()), aws.region(), tables)));
  }

  private Group deadLetters(URI url) {
    String subject = "dead-letter queue";
    return new Group(
        WarehouseChecks.check(
            subject,
            () -> {
              queues.attributes(url);
              return List.of(Finding.ok(subject, "there"));
            }),
        List.of());
  }

  private Group warehouseGroup() {
    List<Check> checks = new ArrayList<>();
    checks.add(WarehouseChecks.tls(tls));
    checks.add(WarehouseChecks.tables(warehouse, tables.keySet()));
    checks.add(WarehouseChecks.ledgerColumns(inspection, tables.keySet()));
    NewestBatches newest = new NewestBatches(folders, folders.all());
    tables.keySet().stream()
        .sorted(Comparator.comparing(TableName::toString))
        .forEach(
            name -> {
              TableChecks table = new TableChecks(tables.get(name), folders, warehouse, inspection);
              checks.add(table.privileges());
              checks.add(table.newestBatch(newest, "doctor-" + id + "-" + name.table()));
              checks.add(table.pause());
              checks.add(table.waiting(newest, clock));
              checks.add(table.quarantine());
            });
    return new Group(WarehouseChecks.login(inspection, clock), checks);
  }
}
