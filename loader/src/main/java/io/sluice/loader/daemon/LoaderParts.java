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
import io.sluice.loader.intake.RetryingInbox;
import io.sluice.loader.intake.SqsInbox;
import io.sluice.loader.intake.VisibilityKeeper;
import io.sluice.loader.load.LoadIds;
import io.sluice.loader.load.Loader;
import io.sluice.loader.login.LoginSources;
import io.sluice.loader.plan.Backoff;
import io.sluice.loader.plan.BatchId;
import io.sluice.loader.retry.Retries;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.warehouse.Ledger;
import io.sluice.loader.warehouse.RedshiftWarehouse;
import io.sluice.loader.warehouse.TableSettings;
import io.sluice.loader.warehouse.Warehouse;
import io.sluice.loader.warehouse.WarehouseSettings;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Builds the loader from its settings: the one place where the classes of all packages and the AWS
 * clients meet.
 */
public final class LoaderParts implements AutoCloseable {
  /** How long a received message stays hidden; extended three times in that time. */
  static final Duration VISIBILITY = Duration.ofSeconds(30);

  private static final int EXTENSIONS = 3;

  /** The most batches that one table holds, and that one folder may have missing. */
  private static final int MOST_HELD = 10_000;

  /** For short requests; whole loads have pauses of their own. */
  private static final Backoff QUICK = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10));

  private static final int TRIES = 4;

  /** A request of SQS deletes ten messages. */
  private static final int DELETERS = 4;

  /** Those of tables may change while the loader runs. */
  private volatile LoaderConfig config;

  private final Clock clock;
  private final InstantSource monotonic;
  private final LoaderHealth health;
  private final Readers readers = new Readers();
  private final ExecutorService deleters = ShortThreads.of("settle-", DELETERS);
  private final AmazonS3 s3;
  private final AmazonSQS sqs;
  private final Warehouse warehouse;
  private final Inbox inbox;
  private final BatchFolders folders;
  private final VisibilityKeeper keeper;
  private final Settlement settlement;
  private final Turns turns;

  /** Shared by threads, which SecureRandom allows. */
  private final RandomGenerator random = new SecureRandom();

  private final LoadIds ids;

  /** Seen by the receiver's thread while others change it. */
  private final Map<TableName, Backlog> backlogs = new ConcurrentHashMap<>();

  private WindowWatch windowsOfAll;

  /** {@code health} watches what these parts do; the caller closes it. */
  public LoaderParts(LoaderConfig config, Clock clock, LoaderHealth health) {
    this.config = config;
    this.clock = clock;
    this.monotonic = new MonotonicClock(clock);
    this.health = health;
    AwsClients clients = new AwsClients(config.aws());
    this.s3 = clients.s3();
    this.sqs = clients.sqs();
    this.warehouse = health.watched(warehouse(config, this::target));
    this.inbox =
        new RetryingInbox(
            health.watched(new SqsInbox(sqs, config.queue(), VISIBILITY)),
            retries(RetryingInbox::passes));
    this.folders = folders(config.folders(), s3, readers);
    this.keeper = new VisibilityKeeper(inbox, monotonic);
    this.settlement = new Settlement(inbox, keeper, deleters);
    this.turns = new Turns(config.maxConcurrency());
    this.ids = new LoadIds(clock, random);
    this.windowsOfAll = new WindowWatch("all tables", config.windows().all());
  }

  /** These folders, with threads that read manifests ahead. */
  static BatchFolders folders(Set<BatchFolder> wanted, AmazonS3 s3, Readers readers) {
    Map<String, ObjectStore> stores = new LinkedHashMap<>();
    return BatchFolders.apart(
        wanted,
        bucket -> stores.computeIfAbsent(bucket, name -> new S3ObjectStore(s3, name)),
        readers::of);
  }

  /** The warehouse with the settings of its tables. */
  static Warehouse warehouse(LoaderConfig config, Function<TableName, TableSettings> targets) {
    WarehouseSettings warehouse = config.warehouse();
    return new RedshiftWarehouse(
        warehouse, LoginSources.of(warehouse.login(), warehouse.url(), config.aws()), targets);
  }

  /** The checks at the start. */
  public StartChecks checks() {
    return new StartChecks(config.tables().keySet(), warehouse, folders, inbox);
  }

  /** The daemon, not started yet. {@code loaderId} goes into the ledger. */
  public LoaderDaemon daemon(String loaderId) {
    for (TableName table : config.tables().keySet()) {
      backlogs.put(table, new Backlog(MOST_HELD, monotonic));
    }
    health.watch(backlogs);
    return new LoaderDaemon(
        new Receiver(inbox, keeper, folders.all(), backlogs, this::readAhead, monotonic),
        workers(config.tables().keySet(), loaderId),
        keeper,
        settlement,
        VISIBILITY.dividedBy(EXTENSIONS),
        catchUps(),
        config.catchUpInterval(),
        config.shutdownGrace(),
        monotonic,
        health.events());
  }

  /** The manifest of a batch that will be loaded soon; what waits behind many is read later. */
  private void readAhead(BatchId held) {
    Backlog backlog = backlogs.get(held.table());
    if (backlog != null && backlog.size() <= BatchFolders.READ_AHEAD) {
      folders.prefetch(List.of(held));
    }
  }

  /** What reads the settings of that daemon again. */
  public Reload reload(LoaderDaemon daemon, String loaderId, Supplier<LoaderConfig> reader) {
    return new Reload(config, reader, fresh -> change(daemon, loaderId, fresh));
  }

  /** A backlog outlives its worker, so that nothing that is held is lost. */
  private synchronized void change(LoaderDaemon daemon, String loaderId, LoaderConfig fresh) {
    ConfigChanges changes = ConfigChanges.between(config, fresh);
    config = fresh;
    windowsOfAll = new WindowWatch("all tables", fresh.windows().all());
    changes.added().forEach(table -> backlogs.put(table, new Backlog(MOST_HELD, monotonic)));
    Map<TableName, Runnable> gone = new LinkedHashMap<>();
    for (TableName table : changes.removed()) {
      Backlog backlog = backlogs.remove(table);
      gone.put(table, () -> settlement.giveBack(backlog));
    }
    Set<TableName> renewed = new LinkedHashSet<>(changes.added());
    renewed.addAll(changes.changed());
    health.watch(backlogs);
    health.expect(fresh.health().goals());
    daemon.change(workers(renewed, loaderId), gone, catchUps());
  }

  private List<TableWorker> workers(Set<TableName> tables, String loaderId) {
    List<TableWorker> workers = new ArrayList<>();
    for (TableName table : tables) {
      WindowWatch own = new WindowWatch(table.toString(), config.windows().of(table));
      workers.add(
          new TableWorker(
              table,
              config.tables().get(table),
              backlogs.get(table),
              new Loader(warehouse, folders, ids, loaderId, clock, target(table).maxBadFiles()),
              settlement,
              turns,
              monotonic,
              random,
              new TableBrake(table, List.of(windowsOfAll, own), config.pauseCheckInterval(), clock),
              health.events()));
    }
    return workers;
  }

  private TableSettings target(TableName table) {
    return config.target(table);
  }

  /** They see the tables of now: those of others are not their concern. */
  private List<CatchUp> catchUps() {
    Map<TableName, Backlog> current = Map.copyOf(backlogs);
    Ledger ledger = new RetryingLedger(warehouse.ledger(), retries(RetryingLedger::passes));
    List<CatchUp> catchUps = new ArrayList<>();
    for (BatchFolder folder : folders.all()) {
      catchUps.add(new CatchUp(folder, folders, ledger, current, monotonic, MOST_HELD));
    }
    return catchUps;
  }

  private static Retries retries(Predicate<Throwable> passes) {
    return new Retries(QUICK, TRIES, passes, new SecureRandom());
  }

  @Override
  public void close() {
    readers.close();
    deleters.shutdown();
    sqs.shutdown();
    s3.shutdown();
  }
}
