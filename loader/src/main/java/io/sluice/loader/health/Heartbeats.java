package io.sluice.loader.health;

import io.sluice.common.manifest.TableName;
import io.sluice.loader.load.LoadException;
import io.sluice.loader.load.LoadOutcome;
import io.sluice.loader.load.QuarantinedFile;
import io.sluice.loader.plan.BatchId;
import io.sluice.loader.words.Durations;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Whether the loader's threads live and go on. Each says when it will be heard of again; one that
 * is not is stuck.
 *
 * <p>Time is read from a clock that nobody sets, in nanoseconds. Safe for use by several threads.
 */
final class Heartbeats implements LoaderEvents {
  private final Duration longestLoad;
  private final LongSupplier nanos;
  private final Map<String, Beat> beats = new TreeMap<>();
  private final Map<TableName, String> loading = new HashMap<>();
  private final List<String> dead = new ArrayList<>();

  /** {@code longestLoad} is the longest that one load transaction can take. */
  Heartbeats(Duration longestLoad, LongSupplier nanos) {
    this.longestLoad = longestLoad;
    this.nanos = nanos;
  }

  /** What is wrong with the threads, one sentence each; empty when all live and go on. */
  synchronized List<String> problems() {
    List<String> problems = new ArrayList<>();
    dead.forEach(thread -> problems.add("thread " + thread + " died"));
    long now = nanos.getAsLong();
    beats.forEach(
        (thread, beat) -> {
          Duration silent = Duration.ofNanos(now - beat.at());
          if (beat.within() != null && silent.compareTo(beat.within()) > 0) {
            problems.add(
                "thread %s was to be heard of within %s, and was not for %s"
                    .formatted(
                        thread,
                        Durations.words(beat.within()),
                        Durations.words(silent.truncatedTo(ChronoUnit.SECONDS))));
          }
        });
    return problems;
  }

  /** How many tables have a load in hand. */
  synchronized int loads() {
    return loading.size();
  }

  @Override
  public synchronized void threadAlive(String thread, Duration within) {
    beats.put(thread, new Beat(nanos.getAsLong(), within));
    loading.values().remove(thread);
  }

  @Override
  public synchronized void threadBusy(String thread) {
    beats.put(thread, new Beat(nanos.getAsLong(), null));
    loading.values().remove(thread);
  }

  @Override
  public synchronized void threadEnded(String thread) {
    beats.remove(thread);
    loading.values().remove(thread);
  }

  @Override
  public synchronized void threadDied(String thread) {
    dead.add(thread);
  }

  @Override
  public synchronized void loading(String thread, TableName table) {
    beats.put(thread, new Beat(nanos.getAsLong(), longestLoad));
    loading.put(table, thread);
  }

  @Override
  public void loaded(LoadOutcome outcome) {
    goesOn(outcome.table());
  }

  @Override
  public void refused(BatchId batch, LoadException reason) {
    goesOn(batch.table());
  }

  @Override
  public void quarantined(TableName table, QuarantinedFile file) {
    goesOn(table);
  }

  private synchronized void goesOn(TableName table) {
    String thread = loading.get(table);
    if (thread != null) {
      beats.put(thread, new Beat(nanos.getAsLong(), longestLoad));
    }
  }

  /** Null stands for any length of time. */
  private record Beat(long at, Duration within) {}
}
