package io.sluice.writer.source;

import com.amazonaws.services.kinesis.AmazonKinesis;
import com.amazonaws.services.kinesis.clientlibrary.types.UserRecord;
import com.amazonaws.services.kinesis.model.ExpiredIteratorException;
import com.amazonaws.services.kinesis.model.GetRecordsRequest;
import com.amazonaws.services.kinesis.model.GetRecordsResult;
import com.amazonaws.services.kinesis.model.GetShardIteratorRequest;
import com.amazonaws.services.kinesis.model.InvalidArgumentException;
import com.amazonaws.services.kinesis.model.LimitExceededException;
import com.amazonaws.services.kinesis.model.ProvisionedThroughputExceededException;
import com.amazonaws.services.kinesis.model.ShardIteratorType;
import io.sluice.common.manifest.Mark;
import io.sluice.common.manifest.ShardMark;
import io.sluice.common.manifest.StartPosition;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one shard from its mark until it has caught up, has reached its end or a limit of the
 * interval. A Kinesis record is always taken as a whole, with all that the KPL aggregated in it.
 *
 * <p>Kinesis allows five reads a second and shard for all consumers together ("Quotas and limits"
 * in the Amazon Kinesis Data Streams Developer Guide): the reader keeps that pace for itself, and
 * ends the slice early when it is throttled all the same.
 */
final class ShardReader implements ShardSlice {
  private static final Logger log = LoggerFactory.getLogger(ShardReader.class);

  /** The most that Kinesis gives in one answer. */
  private static final int RECORDS_A_CALL = 10_000;

  private static final Duration PACE = Duration.ofMillis(200);

  private final AmazonKinesis kinesis;
  private final String stream;
  private final ShardPlan plan;
  private final ReadLimits limits;
  private final Clock clock;
  private final Instant startedAt;
  private final Deaggregator deaggregator;

  private ShardMark reached;
  private String iterator;
  private Instant iteratorAt;
  private Instant nextCallAt;
  private long behindMillis;
  private long records;
  private long bytes;
  private boolean done;
  private Iterator<UserRecord> fetched = Collections.emptyIterator();

  ShardReader(
      AmazonKinesis kinesis, String stream, ShardPlan plan, ReadLimits limits, Clock clock) {
    this.kinesis = kinesis;
    this.stream = stream;
    this.plan = plan;
    this.limits = limits;
    this.clock = clock;
    this.startedAt = clock.instant();
    this.deaggregator = new Deaggregator(plan.firstHash(), plan.lastHash());
    this.nextCallAt = startedAt;
    this.reached = plan.mark();
    this.iterator = plan.iterator();
    this.iteratorAt = startedAt;
  }

  @Override
  public String shard() {
    return plan.mark().shard();
  }

  @Override
  public Iterator<SourceRecord> records() {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        while (!fetched.hasNext() && !done) {
          fetch();
        }
        return fetched.hasNext();
      }

      @Override
      public SourceRecord next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return take(fetched.next());
      }
    };
  }

  @Override
  public SliceEnd end() {
    if (!done || fetched.hasNext()) {
      throw new IllegalStateException(
          "shard " + shard() + " has not been read to the end of its slice");
    }
    return new SliceEnd(reached, iterator, iteratorAt, Duration.ofMillis(behindMillis));
  }

  private SourceRecord take(UserRecord record) {
    Mark mark = new Mark(new BigInteger(record.getSequenceNumber()), record.getSubSequenceNumber());
    reached =
        new ShardMark(shard(), mark.sequenceNumber(), mark.subSequenceNumber(), reached.ended());
    records++;
    bytes += record.getData().remaining();
    return new SourceRecord(
        mark,
        record.getPartitionKey(),
        record.getApproximateArrivalTimestamp().toInstant(),
        record.getData().asReadOnlyBuffer());
  }

  private void fetch() {
    if (isLimitReached()) {
      done = true;
      return;
    }
    try {
      if (iterator == null) {
        iterator = askForIterator();
      }
      keepPace();
      int limit = (int) Math.min(RECORDS_A_CALL, limits.records() - records);
      receive(
          kinesis.getRecords(new GetRecordsRequest().withShardIterator(iterator).withLimit(limit)));
    } catch (ExpiredIteratorException e) {
      log.debug("the iterator of {} has expired, asking for another", shard());
      iterator = null;
    } catch (InvalidArgumentException e) {
      if (!mayBeYetToCome()) {
        throw e;
      }
      log.warn(
          "{} of {} is not read yet, for Kinesis does not take its start {}; a time to come? ({})",
          shard(),
          stream,
          plan.start().time(),
          e.getErrorMessage());
      done = true;
    } catch (ProvisionedThroughputExceededException | LimitExceededException e) {
      log.warn(
          "{} of {} is throttled: this interval takes {} records of it", shard(), stream, records);
      done = true;
    }
  }

  /** LATEST is pinned by the driver's clock, which may be ahead of Kinesis's. */
  private boolean mayBeYetToCome() {
    return iterator == null && reached.mark().isEmpty() && plan.start().startTime().isPresent();
  }

  private boolean isLimitReached() {
    return records >= limits.records()
        || bytes >= limits.bytes()
        || Duration.between(startedAt, clock.instant()).compareTo(limits.time()) >= 0;
  }

  private void receive(GetRecordsResult answer) {
    fetched = deaggregator.userRecords(answer.getRecords()).iterator();
    iterator = answer.getNextShardIterator();
    iteratorAt = clock.instant();
    behindMillis = answer.getMillisBehindLatest() == null ? 0 : answer.getMillisBehindLatest();
    if (iterator == null) {
      reached = reached.asEnded();
      done = true;
    } else if (behindMillis == 0) {
      done = true;
    }
  }

  private String askForIterator() {
    GetShardIteratorRequest request =
        new GetShardIteratorRequest().withStreamName(stream).withShardId(shard());
    reached
        .mark()
        .ifPresentOrElse(
            mark ->
                request
                    .withShardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                    .withStartingSequenceNumber(mark.sequenceNumber().toString()),
            () -> startAt(request, plan.start()));
    return kinesis.getShardIterator(request).getShardIterator();
  }

  private static void startAt(GetShardIteratorRequest request, StartPosition start) {
    start
        .startTime()
        .ifPresentOrElse(
            time ->
                request
                    .withShardIteratorType(ShardIteratorType.AT_TIMESTAMP)
                    .withTimestamp(Date.from(time)),
            () -> request.withShardIteratorType(ShardIteratorType.TRIM_HORIZON));
  }

  private void keepPace() {
    Instant now = clock.instant();
    if (now.isBefore(nextCallAt)) {
      // Never longer than the pace: the clock may have been set back.
      long nanos = Duration.between(now, nextCallAt).toNanos();
      LockSupport.parkNanos(Math.min(nanos, PACE.toNanos()));
    }
    nextCallAt = clock.instant().plus(PACE);
  }
}
