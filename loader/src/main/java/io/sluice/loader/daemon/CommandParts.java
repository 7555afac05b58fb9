package io.sluice.loader.daemon;

import com.amazonaws.services.s3.AmazonS3;
import io.sluice.common.aws.AwsClients;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.ObjectStore;
import io.sluice.common.store.S3BucketFacts;
import io.sluice.common.store.S3ObjectStore;
import io.sluice.loader.health.HealthProbe;
import io.sluice.loader.intake.Announcer;
import io.sluice.loader.intake.DeadLetters;
import io.sluice.loader.intake.Inbox;
import io.sluice.loader.intake.SqsAnnouncer;
import io.sluice.loader.intake.SqsDeadLetters;
import io.sluice.loader.intake.SqsInbox;
import io.sluice.loader.intake.SqsQueues;
import io.sluice.loader.load.LoadIds;
import io.sluice.loader.login.LoginSource;
import io.sluice.loader.login.LoginSources;
import io.sluice.loader.operate.doctor.Canary;
import io.sluice.loader.operate.doctor.Examination;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.warehouse.RedshiftInspection;
import io.sluice.loader.warehouse.RedshiftScratch;
import io.sluice.loader.warehouse.RedshiftWarehouse;
import io.sluice.loader.warehouse.TableSettings;
import io.sluice.loader.warehouse.Warehouse;
import io.sluice.loader.warehouse.WarehouseSettings;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Builds what commands need that work beside the daemon. Their clients live as long as the process.
 */
public final class CommandParts {
  private final LoaderConfig config;
  private final AwsClients clients;
  private final Clock clock = Clock.systemUTC();

  public CommandParts(LoaderConfig config) {
    this.config = config;
    this.clients = new AwsClients(config.aws());
  }

  /** The batch folders of the settings. */
  public BatchFolders folders() {
    return folders(config.folders());
  }

  /** These batch folders. */
  public BatchFolders folders(Set<BatchFolder> wanted) {
    return LoaderParts.folders(wanted, clients.s3(), new Readers());
  }

  /** The object store of a bucket. */
  public ObjectStore store(String bucket) {
    return new S3ObjectStore(clients.s3(), bucket);
  }

  /** The warehouse, with the settings of its tables. */
  public Warehouse warehouse() {
    return warehouse(config::target);
  }

  /** The warehouse, with these settings of its tables. */
  public Warehouse warehouse(Function<TableName, TableSettings> targets) {
    return LoaderParts.warehouse(config, targets);
  }

  /** The queue. */
  public Inbox inbox() {
    return new SqsInbox(clients.sqs(), config.queue(), LoaderParts.VISIBILITY);
  }

  /** What sends to the queue. */
  public Announcer announcer() {
    return new SqsAnnouncer(clients.sqs(), config.queue());
  }

  /** The dead-letter queue, if the settings name one. */
  public Optional<DeadLetters> deadLetters() {
    String queue = config.queue().url().toString();
    return config
        .queue()
        .deadLetterUrl()
        .map(url -> new SqsDeadLetters(clients.sqs(), queue, url.toString()));
  }

  /**
   * All that doctor looks at.
   *
   * @param tables of the settings
   * @param id in the keys of what is written
   */
  public Examination examination(Set<TableName> tables, String id) {
    AmazonS3 s3 = clients.s3();
    Map<TableName, TableSettings> targets = new LinkedHashMap<>();
    tables.forEach(table -> targets.put(table, config.target(table)));
    return new Examination(
        config.aws(),
        config.queue(),
        config.warehouse().tls(),
        targets,
        folders(),
        this::store,
        bucket -> new S3BucketFacts(s3, bucket),
        new SqsQueues(clients.sqs()),
        warehouse(),
        new RedshiftInspection(config.warehouse(), logins(), config::target),
        new HealthProbe(config.health()),
        clock,
        id);
  }

  /** A canary near a batch folder. */
  public Canary canary(BatchFolder near, String id) {
    WarehouseSettings warehouse = config.warehouse();
    TableName table = TableName.parse(warehouse.ledger().schema() + ".canary_" + id);
    return new Canary(
        Canary.folder(near, id),
        table,
        store(near.bucket()),
        new RedshiftWarehouse(warehouse, logins(), TableSettings::made),
        new RedshiftScratch(warehouse, logins()),
        new LoadIds(clock, new SecureRandom()),
        clock);
  }

  private LoginSource logins() {
    return LoginSources.of(config.warehouse().login(), config.warehouse().url(), config.aws());
  }
}
