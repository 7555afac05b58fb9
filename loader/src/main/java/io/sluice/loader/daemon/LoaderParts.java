package io.sluice.loader.daemon;

import com.amazonaws.services.s3.AmazonS3;
import com.amazonaws.services.sqs.AmazonSQS;
import io.sluice.common.aws.AwsClients;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.ObjectStore;
import io.sluice.common.store.S3ObjectStore;
import io.sluice.loader.health.LoaderHealth;
import io.sluice.loader.intake.Backlog;
import io.sluice.loader.intake.Inbox;
import io.sluice.loader.intake.Receiver;
import io.sluice.loader.intake.SqsInbox;
import io.sluice.loader.intake.VisibilityKeeper;
import io.sluice.loader.load.LoadIds;
import io.sluice.loader.load.Loader;
import io.sluice.loader.plan.LoadPolicy;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.warehouse.RedshiftWarehouse;
import io.sluice.loader.warehouse.Warehouse;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;

/**
 * Builds the loader from its settings: the one place where the classes of all packages and the AWS
 * clients meet.
 */
public final class LoaderParts implements AutoCloseable {
  /** How long a received message stays hidden; extended three times in that time. */
  private static final Duration VISIBILITY = Duration.ofSeconds(30);

  private static final int EXTENSIONS = 3;

  /** The most batches that one table holds, and that one folder may have missing. */
  private static final int MOST_HELD = 10_000;

  private final LoaderConfig config;
  private final Clock clock;
  private final LoaderHealth health;
  private final AmazonS3 s3;
  private final AmazonSQS sqs;
  private final Warehouse warehouse;
  private final Inbox inbox;
  private final BatchFolders folders;

  /** {@code health} watches what these parts do; the caller closes it. */
  public LoaderParts(LoaderConfig config, Clock clock, LoaderHealth health) {
    this.config = config;
    this.clock = clock;
    this.health = health;
    AwsClients clients = new AwsClients(config.aws());
    this.s3 = clients.s3();
    this.sqs = clients.sqs();
    this.warehouse = health.watched(new RedshiftWarehouse(config.warehouse()));
    this.inbox = health.watched(new SqsInbox(sqs, config.queue(), VISIBILITY));
    Map<String, ObjectStore> stores = new LinkedHashMap<>();
    this.folders =
        new BatchFolders(
            config.folders(),
            bucket -> stores.computeIfAbsent(bucket, name -> new S3ObjectStore(s3, name)));
  }

  /** The checks at the start. */
  public StartChecks checks() {
    return new StartChecks(config.tables().keySet(), warehouse, folders, inbox);
  }

  /** The daemon, not started yet. {@code loaderId} goes into the ledger. */
  public LoaderDaemon daemon(String loaderId) {
    VisibilityKeeper keeper = new VisibilityKeeper(inbox);
    Map<TableName, Backlog> backlogs = new LinkedHashMap<>();
    config.tables().keySet().forEach(table -> backlogs.put(table, new Backlog(MOST_HELD)));
    health.watch(backlogs);
    return new LoaderDaemon(
        new Receiver(inbox, keeper, folders.all(), backlogs, clock),
        workers(backlogs, new Settlement(inbox, keeper), loaderId),
        keeper,
        VISIBILITY.dividedBy(EXTENSIONS),
        catchUps(backlogs),
        config.catchUpInterval(),
        config.shutdownGrace(),
        clock,
        health.events());
  }

  private List<TableWorker> workers(
      Map<TableName, Backlog> backlogs, Settlement settlement, String loaderId) {
    // Shared by threads, which SecureRandom allows.
    RandomGenerator random = new SecureRandom();
    LoadIds ids = new LoadIds(clock, random);
    Semaphore turns = new Semaphore(config.maxConcurrency(), true);
    List<TableWorker> workers = new ArrayList<>();
    for (Map.Entry<TableName, LoadPolicy> table : config.tables().entrySet()) {
      workers.add(
          new TableWorker(
              table.getKey(),
              table.getValue(),
              backlogs.get(table.getKey()),
              new Loader(warehouse, folders, ids, loaderId, clock),
              settlement,
              turns,
              clock,
              random,
              health.events()));
    }
    return workers;
  }

  private List<CatchUp> catchUps(Map<TableName, Backlog> backlogs) {
    List<CatchUp> catchUps = new ArrayList<>();
    for (BatchFolder folder : folders.all()) {
      catchUps.add(new CatchUp(folder, folders, warehouse.ledger(), backlogs, clock, MOST_HELD));
    }
    return catchUps;
  }

  @Override
  public void close() {
    sqs.shutdown();
    s3.shutdown();
  }
}
