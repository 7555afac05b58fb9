package io.sluice.loader.health;

import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.intake.Backlog;
import io.sluice.loader.intake.Inbox;
import io.sluice.loader.warehouse.Warehouse;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that watches the loader, put together: the metrics, the server, the alerts and systemd, with
 * one thread that looks at the backlogs and the heartbeats every few seconds.
 */
public final class LoaderHealth implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LoaderHealth.class);

  /** How often it looks, if the watchdog does not want it more often. */
  private static final Duration LOOK = Duration.ofSeconds(5);

  /**
   * The statements that one load transaction runs at most, each up to its time-out: the lock, the
   * ledger, COPY, the ledger again, and COPYs that are repeated to find bad data. Generous, for the
   * driver itself ends a statement that is lost; this is for the driver that does not.
   */
  private static final int MOST_STATEMENTS = 12;

  private static final Duration MARGIN = Duration.ofMinutes(2);

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final LoaderMetrics metrics;
  private final Readiness readiness;
  private final Heartbeats heartbeats;
  private final List<WebhookSender> senders = new ArrayList<>();
  private final AlertRules rules;
  private final LoaderEvents events;
  private final SystemdNotifier systemd;
  private final HealthServer server;
  private final ScheduledExecutorService looks;
  private volatile Map<TableName, Backlog> backlogs = Map.of();
  private List<String> problems = List.of();
  private ScheduledFuture<?> looking;
  private boolean closed;

  private LoaderHealth(
      HealthSettings settings,
      Duration statementTimeout,
      String loaderId,
      InstantSource clock,
      SystemdNotifier systemd) {
    this.systemd = systemd;
    this.metrics = new LoaderMetrics(registry);
    JvmMetrics.builder().register(registry);
    registry.register(new BacklogMetrics(() -> backlogs, clock));
    this.readiness = new Readiness(clock);
    Duration longestLoad = statementTimeout.plus(MARGIN).multipliedBy(MOST_STATEMENTS);
    this.heartbeats = new Heartbeats(longestLoad, System::nanoTime);
    this.rules = new AlertRules(clock, this::raise);
    this.events =
        new EventFan(List.of(metrics, new IntakeMetrics(registry), readiness, heartbeats, rules));
    expect(settings.goals());
    this.server = HealthServer.start(settings, registry, heartbeats::problems, this::whyNotReady);
    AlertForm form = new AlertForm(loaderId);
    for (int place = 0; place < settings.webhooks().size(); place++) {
      senders.add(WebhookSender.start(place, settings.webhooks().get(place), form, metrics));
    }
    this.looks =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "health");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Starts to watch, and listens.
   *
   * @param statementTimeout the longest that one statement of a load may take
   * @param loaderId names this loader in alerts
   * @param environment where systemd leaves its addresses
   * @throws io.sluice.common.config.ConfigException when the port is taken
   */
  public static LoaderHealth open(
      HealthSettings settings,
      Duration statementTimeout,
      String loaderId,
      InstantSource clock,
      Map<String, String> environment) {
    LoaderHealth health =
        new LoaderHealth(
            settings,
            statementTimeout,
            loaderId,
            clock,
            SystemdNotifier.of(environment, ProcessHandle.current().pid()));
    health.systemd.status("starting: checking the set-up");
    health.startToLook();
    return health;
  }

  /** Where the loader's parts tell what happens. */
  public LoaderEvents events() {
    return events;
  }

  /** The same queue, watched. */
  public Inbox watched(Inbox inbox) {
    return new WatchedInbox(inbox, events);
  }

  /** The same warehouse, watched. */
  public Warehouse watched(Warehouse warehouse) {
    return new WatchedWarehouse(warehouse, events);
  }

  /** Watches what waits, from now on in these backlogs. */
  public void watch(Map<TableName, Backlog> waiting) {
    backlogs = Map.copyOf(waiting);
  }

  /** From now on these tables are loaded, and this is expected of them. */
  public void expect(Map<TableName, TableGoals> goals) {
    metrics.expect(goals.keySet());
    readiness.expect(goals.keySet());
    rules.expect(goals);
  }

  /** Where the server listens. */
  InetSocketAddress address() {
    return server.address();
  }

  /** The checks are passed and the threads run. */
  public void running() {
    readiness.running();
    InetSocketAddress bound = server.address();
    log.info(
        "metrics and health at http://{}:{}/metrics, /healthz and /readyz",
        bound.getAddress().getHostAddress(),
        bound.getPort());
    systemd.ready();
  }

  /** The settings are read anew; {@link #reloaded} must follow, whatever came of it. */
  public void reloading() {
    systemd.reloading();
  }

  /** The settings were read anew, or the old ones kept. */
  public void reloaded() {
    systemd.ready();
  }

  /** The loader stops; the server goes on until {@link #close}. */
  public void stopping() {
    readiness.stopping();
    systemd.stopping("stopping: the loads in hand are finished or broken off");
  }

  /** Gives alerts that were just raised a moment; the second call waits for the first. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    looking.cancel(false);
    looks.shutdown();
    senders.forEach(WebhookSender::close);
    server.close();
  }

  private void raise(Alert alert) {
    log.info("alert {}: {}", alert.incident(), alert.summary());
    metrics.alertRaised(alert);
    senders.forEach(sender -> sender.offer(alert));
  }

  private List<String> whyNotReady() {
    List<String> reasons = new ArrayList<>(heartbeats.problems());
    reasons.addAll(readiness.reasons());
    return reasons;
  }

  private void startToLook() {
    Duration half = systemd.watchdog().map(time -> time.dividedBy(2)).orElse(LOOK);
    Duration every = half.compareTo(LOOK) < 0 ? half : LOOK;
    looking = looks.scheduleWithFixedDelay(this::look, 0, every.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** An exception would end the schedule, and the watchdog then the loader. */
  private void look() {
    try {
      List<String> now = heartbeats.problems();
      if (now.isEmpty()) {
        systemd.alive();
      } else if (!now.equals(problems)) {
        log.error("the loader hangs, and its watchdog is no longer told otherwise: {}", now);
      }
      problems = now;
      rules.check(backlogs);
      if (readiness.isRunning()) {
        systemd.status(status());
      }
    } catch (RuntimeException e) {
      log.error("a fault in watching the loader, loads go on: please report it", e);
    }
  }

  private String status() {
    int waiting = backlogs.values().stream().mapToInt(Backlog::size).sum();
    List<String> reasons = whyNotReady();
    Set<TableName> paused = readiness.paused().keySet();
    return "loading %d of %d tables, %d batches wait%s%s"
        .formatted(
            heartbeats.loads(),
            backlogs.size(),
            waiting,
            paused.isEmpty() ? "" : ", paused: " + paused,
            reasons.isEmpty() ? "" : "; not ready: " + String.join("; ", reasons));
  }
}
