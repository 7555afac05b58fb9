package io.sluice.loader.daemon;

import com.amazonaws.services.s3.AmazonS3;
import com.amazonaws.services.sqs.AmazonSQS;
import io.sluice.common.aws.AwsClients;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.ObjectStore;
import io.sluice.common.store.S3ObjectStore;
import io.sluice.loader.intake.Backlog;
import io.sluice.loader.intake.Inbox;
import io.sluice.loader.intake.Receiver;
import io.sluice.loader.intake.RetryingInbox;
import io.sluice.loader.intake.SqsInbox;
import io.sluice.loader.intake.VisibilityKeeper;
import io.sluice.loader.load.LoadIds;
import io.sluice.loader.load.Loader;
import io.sluice.loader.plan.Backoff;
import io.sluice.loader.plan.LoadPolicy;
import io.sluice.loader.retry.Retries;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.warehouse.Ledger;
import io.sluice.loader.warehouse.RedshiftWarehouse;
import io.sluice.loader.warehouse.Warehouse;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
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

  /** For short requests; whole loads have pauses of their own. */
  private static final Backoff QUICK = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10));

  private static final int TRIES = 4;

  private final Clock clock;
  private final InstantSource monotonic;
  private final AmazonS3 s3;
  private final AmazonSQS sqs;
  private final Warehouse warehouse;
  private final Inbox inbox;
  private final BatchFolders folders;

  public LoaderParts(LoaderConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
    this.monotonic = new MonotonicClock(clock);
    AwsClients clients = new AwsClients(config.aws());
    this.s3 = clients.s3();
    this.sqs = clients.sqs();
    this.warehouse = new RedshiftWarehouse(config.warehouse());
    this.inbox =
        new RetryingInbox(
            new SqsInbox(sqs, config.queue(), VISIBILITY), retries(RetryingInbox::passes));
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
    VisibilityKeeper keeper = new VisibilityKeeper(inbox, monotonic);
    Map<TableName, Backlog> backlogs = new LinkedHashMap<>();
    config.tables().keySet().forEach(table -> backlogs.put(table, new Backlog(MOST_HELD)));
    return new LoaderDaemon(
        new Receiver(inbox, keeper, folders.all(), backlogs, monotonic),
        workers(backlogs, new Settlement(inbox, keeper), loaderId),
        keeper,
        VISIBILITY.dividedBy(EXTENSIONS),
        catchUps(backlogs),
        config.catchUpInterval(),
        config.shutdownGrace(),
        monotonic);
  }

  private List<TableWorker> workers(
      Map<TableName, Backlog> backlogs, Settlement settlement, String loaderId) {
    // Shared by threads, which SecureRandom allows.
    RandomGenerator random = new SecureRandom();
    LoadIds ids = new LoadIds(clock, random);
    Turns turns = new Turns(config.maxConcurrency());
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
              monotonic,
              random));
    }
    return workers;
  }

  private List<CatchUp> catchUps(Map<TableName, Backlog> backlogs) {
    Ledger ledger = new RetryingLedger(warehouse.ledger(), retries(RetryingLedger::passes));
    List<CatchUp> catchUps = new ArrayList<>();
    for (BatchFolder folder : folders.all()) {
      catchUps.add(new CatchUp(folder, folders, ledger, backlogs, monotonic, MOST_HELD));
    }
    return catchUps;
  }

  private static Retries retries(Predicate<Throwable> passes) {
    return new Retries(QUICK, TRIES, passes, new SecureRandom());
  }

  @Override
  public void close() {
    sqs.shutdown();
    s3.shutdown();
  }
}
