package io.sluice.loader.operate.backfill;

import io.sluice.common.manifest.TableName;
import io.sluice.loader.load.LoadException;
import io.sluice.loader.load.LoadListener;
import io.sluice.loader.load.LoadOutcome;
import io.sluice.loader.load.OldLoads;
import io.sluice.loader.load.QuarantinedFile;
import io.sluice.loader.operate.StopSignal;
import io.sluice.loader.operate.backfill.BackfillResult.State;
import io.sluice.loader.plan.Backoff;
import io.sluice.loader.plan.BatchId;
import io.sluice.loader.store.SourceBatch;
import io.sluice.loader.warehouse.PausedException;
import io.sluice.loader.words.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;

/**
 * The loads of one table, one after another: each in its turn among the tables, and tried again as
 * the daemon does while what it fails of passes by itself. What a person must do something about
 * ends the table, for a person waits for the answer.
 *
 * <p>One thread.
 */
final class TableLoads {
  private final BackfillTarget target;
  private final BackfillTally tally;
  private final Surroundings around;
  private final Listener listener = new Listener();
  private Instant failingSince;
  private int failures;

  TableLoads(BackfillTarget target, BackfillTally tally, Surroundings around) {
    this.target = target;
    this.tally = tally;
    this.around = around;
  }

  /**
   * What all tables share.
   *
   * @param turns as many as tables may load at the same time
   * @param patience for how long a load is tried again
   * @param grace for how long after its manifest a file may still be on its way
   * @param listener hears what is done about failures
   * @param progressed is run when something was decided
   */
  record Surroundings(
      StopSignal stop,
      Semaphore turns,
      Duration patience,
      InstantSource clock,
      RandomGenerator random,
      Duration grace,
      BackfillListener listener,
      Runnable progressed) {}

  TableName table() {
    return target.table();
  }

  BackfillTally tally() {
    return tally;
  }

  /** Loads these batches, as far as the table is not ended. */
  void load(List<SourceBatch> batches) throws InterruptedException {
    listener.expect(batches);
    int most = Integer.MAX_VALUE;
    while (!listener.open().isEmpty() && mayBegin()) {
      List<SourceBatch> open = listener.open();
      List<SourceBatch> part = open.subList(0, Math.min(most, open.size()));
      boolean tooLarge = attempt(() -> target.loader().loadAsRead(target.table(), part, listener));
      if (tooLarge) {
        most = Math.max(1, part.size() / 2);
      }
    }
    tally.left(listener.open().size());
    around.progressed().run();
  }

  /** Replaces these loads, as far as the table is not ended. */
  void replace(OldLoads old) throws InterruptedException {
    listener.expect(old.batches());
    while (!listener.open().isEmpty() && mayBegin()) {
      attempt(() -> target.loader().replace(old, listener));
    }
    around.progressed().run();
  }

  private boolean mayBegin() {
    if (tally.hasEnded()) {
      return false;
    }
    if (around.stop().isAsked()) {
      tally.end(State.STOPPED);
      return false;
    }
    Optional<Instant> closed = target.closedUntil(around.clock().instant());
    closed.ifPresent(
        until ->
            end(
                State.WINDOW,
                "its maintenance window is open until %s: run this again then, or with --ignore-windows"
                    .formatted(until)));
    return closed.isEmpty();
  }

  /**
   * Tries once.
   *
   * @return whether the load took too long
   */
  private boolean attempt(Runnable load) throws InterruptedException {
    Optional<LoadException> failure = inTurn(load);
    if (failure.isEmpty()) {
      return false;
    }
    failed(failure.get());
    return failure.get().isTimeout();
  }

  private Optional<LoadException> inTurn(Runnable load) throws InterruptedException {
    around.turns().acquire();
    try {
      if (mayBegin()) {
        load.run();
        failingSince = null;
        failures = 0;
      }
      return Optional.empty();
    } catch (PausedException e) {
      end(State.PAUSED, e.getMessage() + "; run sluice-loader resume, and this again");
      return Optional.empty();
    } catch (LoadException e) {
      return Optional.of(e);
    } finally {
      around.turns().release();
    }
  }

  private void failed(LoadException e) throws InterruptedException {
    switch (e.kind()) {
      case TRANSIENT, UNKNOWN -> {
        Instant now = around.clock().instant();
        failingSince = failingSince == null ? now : failingSince;
        failures++;
        if (around.stop().isAsked()) {
          tally.end(State.STOPPED);
        } else if (Duration.between(failingSince, now).compareTo(around.patience()) > 0) {
          end(State.FAILED, "%s; given up after %d tries".formatted(e.getMessage(), failures));
        } else {
          Duration pause = Backoff.RETRIES.jittered(failures, around.random());
          say("%s; try %d in %s".formatted(e.getMessage(), failures + 1, Durations.words(pause)));
          if (around.stop().isAskedWithin(pause)) {
            tally.end(State.STOPPED);
          }
        }
      }
      case MISCONFIGURED ->
          end(State.FAILED, "%s. What to do: %s".formatted(e.getMessage(), e.remedy()));
      case BAD_DATA ->
          throw new IllegalStateException("the loader narrows bad data down by itself", e);
    }
  }

  /** Ends the table over this reason. */
  void end(State state, String words) {
    tally.end(state);
    say(words);
  }

  void say(String words) {
    around.listener().said(target.table() + ": " + words);
  }

  private final class Listener implements LoadListener {
    /** What is not decided of the load in hand, in order. */
    private final Map<BatchId, SourceBatch> open = new LinkedHashMap<>();

    private final Map<BatchId, SourceBatch> all = new HashMap<>();

    private void expect(List<SourceBatch> batches) {
      open.clear();
      all.clear();
      batches.forEach(batch -> open.put(batch.id(), batch));
      all.putAll(open);
    }

    private List<SourceBatch> open() {
      return List.copyOf(open.values());
    }

    @Override
    public void settled(LoadOutcome outcome) {
      outcome.settled().forEach(open::remove);
      tally.settled(outcome);
      if (outcome.copied()) {
        say(
            "load %s, %d batches, %d files, %d rows, %d bytes in %s, COPY %s"
                .formatted(
                    outcome.loadId(),
                    outcome.loaded().size(),
                    outcome.files(),
                    outcome.rows(),
                    outcome.bytes(),
                    Durations.words(outcome.duration()),
                    Durations.words(outcome.times().copy())));
      }
      for (QuarantinedFile file : outcome.quarantined()) {
        say(
            "%d rows are in quarantine, the rest of batch %s is loaded: %s: %s"
                .formatted(
                    file.rowCount(), file.batch(), file.file().key(), file.error().sentence()));
      }
      around.progressed().run();
    }

    @Override
    public boolean mayStillCome(BatchId batch) {
      SourceBatch asked = all.get(batch);
      Instant youngest = around.clock().instant().minus(around.grace());
      return asked != null && asked.createdAt().isAfter(youngest);
    }

    @Override
    public void refused(BatchId batch, LoadException reason) {
      open.remove(batch);
      tally.refused(1);
      say(
          "batch %s is refused: %s. What to do: %s"
              .formatted(batch, reason.getMessage(), reason.remedy()));
      around.progressed().run();
    }
  }
}
