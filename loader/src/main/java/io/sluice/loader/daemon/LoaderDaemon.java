package io.sluice.loader.daemon;

import io.sluice.common.manifest.TableName;
import io.sluice.loader.health.LoaderEvents;
import io.sluice.loader.intake.InboxException;
import io.sluice.loader.intake.Receiver;
import io.sluice.loader.intake.VisibilityKeeper;
import io.sluice.loader.words.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns the loader's threads: one that receives, one a table that loads, one that keeps messages
 * hidden, one a bucket that catches up, one that asks how much is in the queue. The tables can
 * change while the others go on.
 *
 * <p>A stop comes in the reverse order of the data path: nothing more is received, the loads in
 * hand are finished or after the grace broken off, and what is held is given back. Whatever was not
 * committed then is loaded by the next loader.
 */
public final class LoaderDaemon implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LoaderDaemon.class);

  /** The longest wait of a worker, so that no time is ever so far away that it overflows. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  /** For a load that was broken off to roll back. */
  private static final Duration ROLLBACK = Duration.ofSeconds(5);

  /** For the messages of the last loads to be deleted. */
  private static final Duration SETTLING = Duration.ofSeconds(5);

  /** How much later than it should a thread may be heard of: a request may take its time-outs. */
  static final Duration SLACK = Duration.ofMinutes(10);

  private final Receiver receiver;
  private final VisibilityKeeper keeper;
  private final Settlement settlement;
  private final Duration keepEvery;
  private final Duration catchUpEvery;
  private final Duration grace;
  private final InstantSource clock;
  private final LoaderEvents events;
  private final List<Thread> threads = new ArrayList<>();
  private final Map<TableName, WorkerThread> loading = new LinkedHashMap<>();

  /** Those of tables that are gone or have another worker, as long as they finish a load. */
  private final List<WorkerThread> leaving = new ArrayList<>();

  private final CountDownLatch stop = new CountDownLatch(1);
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private volatile List<CatchUp> catchUps;
  private volatile boolean stopping;

  LoaderDaemon(
      Receiver receiver,
      List<TableWorker> workers,
      VisibilityKeeper keeper,
      Settlement settlement,
      Duration keepEvery,
      List<CatchUp> catchUps,
      Duration catchUpEvery,
      Duration grace,
      InstantSource clock,
      LoaderEvents events) {
    this.receiver = receiver;
    workers.forEach(worker -> loading.put(worker.table(), loader(worker, Optional.empty())));
    this.keeper = keeper;
    this.settlement = settlement;
    this.keepEvery = keepEvery;
    this.catchUps = List.copyOf(catchUps);
    this.catchUpEvery = catchUpEvery;
    this.grace = grace;
    this.clock = clock;
    this.events = events;
  }

  /** Starts all threads and returns. */
  public synchronized void start() {
    threads.add(thread("visibility", () -> every(keepEvery, this::extend)));
    for (String bucket : buckets()) {
      threads.add(thread("catch-up-" + bucket, () -> every(catchUpEvery, () -> catchUp(bucket))));
    }
    threads.add(thread("queue-depth", () -> every(catchUpEvery, this::lookAtQueue)));
    threads.add(thread("receive", new ReceiveLoop(receiver, stop, events)::run));
    threads.forEach(Thread::start);
    loading.values().forEach(WorkerThread::start);
  }

  /**
   * Changes the tables of a running daemon. A worker that goes finishes the load in hand first, and
   * its successor waits for that.
   *
   * @param fresh workers of new tables, and those that take the place of another one
   * @param gone what to do once the worker of a table that is loaded no longer has ended
   * @param logs what catches up from now on
   */
  synchronized void change(
      Collection<TableWorker> fresh, Map<TableName, Runnable> gone, List<CatchUp> logs) {
    if (stopping) {
      return;
    }
    leaving.removeIf(WorkerThread::hasEnded);
    gone.forEach(
        (table, then) -> {
          WorkerThread old = loading.remove(table);
          old.retire(then);
          leaving.add(old);
        });
    for (TableWorker worker : fresh) {
      Optional<WorkerThread> old = Optional.ofNullable(loading.remove(worker.table()));
      old.ifPresent(
          thread -> {
            thread.retire(() -> {});
            leaving.add(thread);
          });
      WorkerThread next = loader(worker, old);
      loading.put(worker.table(), next);
      next.start();
    }
    catchUps = List.copyOf(logs);
  }

  /** Waits until the daemon has stopped; throws what ended it if that was not a stop. */
  public void await() {
    end.join();
  }

  /** Stops, see above; the second call does nothing. */
  @Override
  public synchronized void close() {
    if (stopping) {
      return;
    }
    stopping = true;
    log.info("stopping: the loads in hand have {} to finish", Durations.words(grace));
    stop.countDown();
    threads.forEach(Thread::interrupt);
    List<WorkerThread> loaders = new ArrayList<>(loading.values());
    loaders.addAll(leaving);
    loaders.forEach(WorkerThread::wake);
    if (!joined(loaders, grace)) {
      log.warn("the grace is over: breaking off the loads in hand, they will be loaded again");
      loaders.forEach(WorkerThread::breakOff);
      if (!joined(loaders, ROLLBACK)) {
        log.warn("a load does not end: the warehouse rolls it back when its session is gone");
      }
    }
    settlement.finish(SETTLING);
    int released = keeper.release();
    log.info("stopped, {} messages given back", released);
    end.complete(null);
  }

  private static boolean joined(List<WorkerThread> loaders, Duration time) {
    long end = System.nanoTime() + time.toNanos();
    try {
      for (WorkerThread loader : loaders) {
        loader.join(Duration.ofNanos(end - System.nanoTime()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return loaders.stream().allMatch(WorkerThread::hasEnded);
  }

  private WorkerThread loader(TableWorker worker, Optional<WorkerThread> before) {
    WorkerThread loader = new WorkerThread(worker);
    loader.set(
        thread(
            "load-" + worker.table(),
            () -> {
              if (before.isPresent()) {
                before.get().awaitEnd();
              }
              work(worker, loader);
              loader.ended();
            }));
    return loader;
  }

  private void work(TableWorker worker, WorkerThread loader) throws InterruptedException {
    while (!stopping && !loader.isRetired()) {
      long seen = worker.backlog().changes();
      // It may wait for its turn until others have loaded; what it loads then is watched.
      events.threadBusy(Thread.currentThread().getName());
      Instant next = worker.pass();
      Instant now = clock.instant();
      if (!stopping && !loader.isRetired() && now.isBefore(next)) {
        Instant longest = now.plus(LONGEST_WAIT);
        Duration wait = Duration.between(now, next.isBefore(longest) ? next : longest);
        events.threadAlive(Thread.currentThread().getName(), LONGEST_WAIT.plus(SLACK));
        worker.backlog().awaitChange(seen, wait);
      }
    }
  }

  private Set<String> buckets() {
    return catchUps.stream()
        .map(catchUp -> catchUp.folder().bucket())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** A bucket that does not answer keeps no other waiting. */
  private void catchUp(String bucket) {
    for (CatchUp catchUp : catchUps) {
      if (catchUp.folder().bucket().equals(bucket)) {
        catchUp.pass();
        events.logRead(catchUp.backlog());
      }
    }
  }

  private void lookAtQueue() {
    try {
      events.queueAsked(receiver.depth());
    } catch (InboxException e) {
      log.debug("cannot tell how much is in the queue", e);
    }
  }

  private void extend() {
    events.threadAlive("visibility", keepEvery.plus(SLACK));
    keeper.extend();
  }

  private void every(Duration period, Runnable pass) throws InterruptedException {
    while (!stopping) {
      pass.run();
      awaitStop(period);
    }
  }

  private void awaitStop(Duration atMost) throws InterruptedException {
    stop.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
  }

  private Thread thread(String name, Body body) {
    Thread thread = new Thread(() -> run(name, body), name);
    thread.setDaemon(true);
    return thread;
  }

  /** A thread that dies takes the process with it, for a loader by halves would look healthy. */
  private void run(String name, Body body) {
    try {
      body.run();
    } catch (InterruptedException e) {
      if (!stopping) {
        fail(name, e);
      }
    } catch (Exception | Error e) {
      if (stopping) {
        log.debug("thread {} ended by an exception while stopping", name, e);
      } else {
        fail(name, e);
      }
    } finally {
      events.threadEnded(name);
    }
  }

  private void fail(String name, Throwable e) {
    events.threadDied(name);
    log.error("thread {} died: the loader ends, its supervisor starts it again", name, e);
    end.completeExceptionally(new IllegalStateException("thread " + name + " died: " + e, e));
  }

  @FunctionalInterface
  private interface Body {
    void run() throws InterruptedException;
  }
}
