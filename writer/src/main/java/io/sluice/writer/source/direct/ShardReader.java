package io.sluice.writer.source.direct;

import com.amazonaws.services.kinesis.model.InvalidArgumentException;
import com.amazonaws.services.kinesis.model.LimitExceededException;
import com.amazonaws.services.kinesis.model.ProvisionedThroughputExceededException;
import com.amazonaws.services.kinesis.model.Record;
import io.sluice.common.manifest.Mark;
import io.sluice.common.manifest.ShardMark;
import io.sluice.common.manifest.ShardRange;
import io.sluice.writer.source.ReadLimits;
import io.sluice.writer.source.ShardSlice;
import io.sluice.writer.source.SliceEnd;
import io.sluice.writer.source.SliceEnd.Continuation;
import io.sluice.writer.source.SourceRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one shard from its mark until it has caught up, has reached its end or a limit of the
 * interval. A Kinesis record is always taken as a whole, with all that the KPL aggregated in it.
 *
 * <p>When Kinesis throttles, the reader waits and asks again, but not beyond the interval's time.
 */
final class ShardReader implements ShardSlice, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ShardReader.class);

  private final ShardPlan plan;
  private final ReadLimits limits;
  private final Clock clock;
  private final Instant openedAt;
  private final FeedLease lease;
  private final ShardFeed feed;
  private final Deaggregator deaggregator;
  private final Backoff backoff = new Backoff();
  private final Deque<SourceRecord> ready = new ArrayDeque<>();

  /** Of the first record: the shards of a task are opened together and taken one after another. */
  private Instant startedAt;

  private ShardMark reached;
  private Mark first;
  private Answer answer;
  private int position;
  private long records;
  private long bytes;
  private boolean done;
  private boolean kept;

  /**
   * A feed and the way back for it.
   *
   * @param executor where it is, in the form of Spark's task locations; null when feeds are not
   *     kept
   */
  record FeedLease(ShardFeed feed, Consumer<ShardFeed> park, String executor) {}

  ShardReader(ShardPlan plan, FeedLease lease, ReadLimits limits, Clock clock) {
    this.plan = plan;
    this.limits = limits;
    this.clock = clock;
    this.openedAt = clock.instant();
    this.lease = lease;
    this.feed = lease.feed();
    this.deaggregator =
        new Deaggregator(plan.stream(), plan.shard(), plan.firstHash(), plan.lastHash());
    this.reached = plan.mark();
    feed.start();
  }

  @Override
  public String stream() {
    return plan.stream();
  }

  @Override
  public String shard() {
    return plan.shard();
  }

  @Override
  public Iterator<SourceRecord> records() {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        while (ready.isEmpty() && !done) {
          advance();
        }
        return !ready.isEmpty();
      }

      @Override
      public SourceRecord next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return ready.poll();
      }
    };
  }

  @Override
  public SliceEnd end() {
    if (!done || !ready.isEmpty()) {
      throw new IllegalStateException(
          "shard " + shard() + " has not been read to the end of its slice");
    }
    ShardRange range =
        records == 0 ? null : new ShardRange(shard(), first, reached.mark().orElseThrow(), records);
    boolean whole = answer != null && position == answer.records().size();
    Duration behind = answer == null ? Duration.ZERO : answer.behind();
    Continuation next =
        new Continuation(
            whole ? answer.next() : null,
            answer == null ? openedAt : answer.at(),
            kept ? lease.executor() : null);
    return new SliceEnd(stream(), reached, range, 0, behind, next);
  }

  /** Ends a slice that was broken off: what was read ahead belongs to nobody. */
  @Override
  public void close() {
    if (!done) {
      done = true;
      feed.close();
    }
  }

  private void advance() {
    startedAt = startedAt == null ? clock.instant() : startedAt;
    if (answer != null && position < answer.records().size()) {
      if (feed.isKept() && isLimitReached()) {
        finish();
      } else {
        take(answer.records().get(position++));
      }
      return;
    }
    if ((answer != null && hasCaughtUp()) || isLimitReached()) {
      finish();
    } else {
      fetch();
    }
  }

  private boolean hasCaughtUp() {
    return answer.isEnd() || (answer.behind().isZero() && !answer.at().isBefore(openedAt));
  }

  private boolean isLimitReached() {
    return records >= limits.records()
        || bytes >= limits.bytes()
        || Duration.between(startedAt, clock.instant()).compareTo(limits.time()) >= 0;
  }

  private void take(Record record) {
    deaggregator.takeApart(record, ready);
    plan.mark().mark().ifPresent(mark -> dropCommitted(record, mark));
    if (ready.isEmpty()) {
      return;
    }
    Mark from = ready.peekFirst().mark();
    Mark to = ready.peekLast().mark();
    reached.mark().ifPresent(mark -> requireLater(mark, from));
    first = first == null ? from : first;
    reached = ShardMark.at(shard(), to);
    records += ready.size();
    ready.forEach(part -> bytes += part.data().remaining());
  }

  /** Reading begins with the record of the mark, of which a part may be left. */
  private void dropCommitted(Record record, Mark mark) {
    if (records == 0 && record.getSequenceNumber().equals(mark.sequenceNumber().toString())) {
      ready.removeIf(part -> part.mark().compareTo(mark) <= 0);
    }
  }

  /** Whatever went wrong before: a record that is committed never comes again. */
  private void requireLater(Mark mark, Mark next) {
    if (next.compareTo(mark) <= 0) {
      throw new IllegalStateException(
          "shard %s of %s gave %s after %s".formatted(shard(), stream(), next, mark));
    }
  }

  private void fetch() {
    // What is left of an answer is read again unless the feed is kept.
    int limit =
        feed.isKept()
            ? ShardFeed.RECORDS_A_CALL
            : (int) Math.min(ShardFeed.RECORDS_A_CALL, limits.records() - records);
    try {
      answer = feed.next(limit);
      position = 0;
      backoff.reset();
    } catch (ProvisionedThroughputExceededException | LimitExceededException e) {
      waitOrFinish();
    } catch (InvalidArgumentException e) {
      if (!feed.mayBeYetToCome()) {
        throw e;
      }
      log.warn(
          "{} of {} is not read yet, for Kinesis does not take its start {}; a time to come? ({})",
          shard(),
          stream(),
          plan.start().time(),
          e.getErrorMessage());
      finish();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private void waitOrFinish() {
    Duration pause = backoff.next();
    Duration left = limits.time().minus(Duration.between(startedAt, clock.instant()));
    if (pause.compareTo(left) >= 0) {
      log.warn(
          "{} of {} is throttled: this interval takes {} records of it",
          shard(),
          stream(),
          records);
      finish();
      return;
    }
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("the reading of " + shard() + " was interrupted", e);
  }

  private void finish() {
    done = true;
    boolean rest = answer != null && position < answer.records().size();
    if (!rest && answer != null && answer.isEnd()) {
      reached = reached.asEnded();
      feed.close();
      Pacer.forget(stream(), shard());
      return;
    }
    if (!feed.isKept()) {
      feed.close();
      return;
    }
    feed.leave(reached, rest ? answer.from(position) : null);
    lease.park().accept(feed);
    kept = true;
  }
}
