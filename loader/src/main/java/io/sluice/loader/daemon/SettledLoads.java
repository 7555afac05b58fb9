package io.sluice.loader.daemon;

import io.sluice.common.manifest.TableName;
import io.sluice.loader.health.LoaderEvents;
import io.sluice.loader.intake.Backlog;
import io.sluice.loader.load.LoadException;
import io.sluice.loader.load.LoadListener;
import io.sluice.loader.load.LoadOutcome;
import io.sluice.loader.load.QuarantinedFile;
import io.sluice.loader.plan.Backoff;
import io.sluice.loader.plan.BatchId;
import io.sluice.loader.words.Durations;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a table's batches once a load has decided about them: it is told, their messages
 * are deleted, and refused ones rest. One thread.
 */
final class SettledLoads implements LoadListener {
  private static final Logger log = LoggerFactory.getLogger(SettledLoads.class);

  /**
   * For a batch that was refused: soon at first, for a file that is missing may be on its way, and
   * rarely later.
   */
  private static final Backoff REFUSALS = new Backoff(Duration.ofMinutes(1), Duration.ofHours(1));

  /** How often a batch is put off for a file that S3 has not; the pauses sum up to minutes. */
  private static final int GRACE_FOR_MISSING_FILES = 3;

  private final TableName table;
  private final Backlog backlog;
  private final Settlement settlement;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final LoaderEvents events;
  private boolean copied;

  SettledLoads(
      TableName table,
      Backlog backlog,
      Settlement settlement,
      InstantSource clock,
      RandomGenerator random,
      LoaderEvents events) {
    this.table = table;
    this.backlog = backlog;
    this.settlement = settlement;
    this.clock = clock;
    this.random = random;
    this.events = events;
  }

  /** The next load begins. */
  void begin() {
    copied = false;
  }

  /** Whether a COPY was committed since it began. */
  boolean hasCopied() {
    return copied;
  }

  @Override
  public void settled(LoadOutcome outcome) {
    if (outcome.copied()) {
      copied = true;
      log.info(
          "load {} of {}: {} batches, {} files, {} rows, {} bytes in {}, COPY {}, freshness {}",
          outcome.loadId(),
          table,
          outcome.loaded().size(),
          outcome.files(),
          outcome.rows(),
          outcome.bytes(),
          Durations.words(outcome.duration()),
          Durations.words(outcome.times().copy()),
          Durations.words(outcome.freshness()));
    }
    if (!outcome.known().isEmpty()) {
      log.info("{} batches of {} were in the ledger already", outcome.known().size(), table);
    }
    for (QuarantinedFile file : outcome.quarantined()) {
      log.error(
          "{} rows for {} are in quarantine, the rest of batch {} is loaded: {}: {}",
          file.rowCount(),
          table,
          file.batch(),
          file.file().key(),
          file.error().sentence());
      events.quarantined(table, file);
    }
    events.loaded(outcome);
    settlement.settle(backlog, outcome.settled());
  }

  @Override
  public boolean mayStillCome(BatchId batch) {
    return backlog.refusals(batch) < GRACE_FOR_MISSING_FILES;
  }

  @Override
  public void refused(BatchId batch, LoadException reason) {
    Duration pause = REFUSALS.steady(backlog.refusals(batch) + 1, random);
    backlog.refuse(batch, clock.instant().plus(pause));
    events.refused(batch, reason);
    log.error(
        "batch {} is refused: {}. What to do: {}. It is kept and tried again in {}; other"
            + " batches go on",
        batch,
        reason.getMessage(),
        reason.remedy(),
        Durations.words(pause));
  }
}
