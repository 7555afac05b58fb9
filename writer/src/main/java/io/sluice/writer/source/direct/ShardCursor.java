package io.sluice.writer.source.direct;

import com.amazonaws.services.kinesis.AmazonKinesis;
import com.amazonaws.services.kinesis.model.ExpiredIteratorException;
import com.amazonaws.services.kinesis.model.GetRecordsRequest;
import com.amazonaws.services.kinesis.model.GetRecordsResult;
import com.amazonaws.services.kinesis.model.GetShardIteratorRequest;
import com.amazonaws.services.kinesis.model.Record;
import com.amazonaws.services.kinesis.model.ShardIteratorType;
import io.sluice.common.manifest.StartPosition;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves through one shard from its mark, call by call. For one thread at a time. */
final class ShardCursor {
  private static final Logger log = LoggerFactory.getLogger(ShardCursor.class);

  private final AmazonKinesis kinesis;
  private final ShardPlan plan;
  private final Clock clock;

  /**
   * The last Kinesis record that was read, null when none has been: what an iterator stands for.
   */
  private String sequenceNumber;

  private String iterator;
  private boolean ended;

  ShardCursor(AmazonKinesis kinesis, ShardPlan plan, Clock clock) {
    this.kinesis = kinesis;
    this.plan = plan;
    this.clock = clock;
    this.iterator = plan.iterator();
  }

  /** Whether the end of a closed shard has been reached. */
  boolean isAtEnd() {
    return ended;
  }

  /**
   * Whether Kinesis may refuse the start because it is in the future: LATEST is pinned by the
   * driver's clock, which may be ahead of Kinesis's.
   */
  boolean mayBeYetToCome() {
    return iterator == null
        && sequenceNumber == null
        && plan.mark().mark().isEmpty()
        && plan.start().startTime().isPresent();
  }

  /** The next records, at most {@code limit}; the exceptions are those of Kinesis. */
  Answer fetch(int limit) {
    try {
      return ask(limit);
    } catch (ExpiredIteratorException e) {
      log.debug("the iterator of {} has expired, asking for another", plan.shard());
      iterator = null;
      return ask(limit);
    }
  }

  private Answer ask(int limit) {
    if (iterator == null) {
      iterator = kinesis.getShardIterator(iteratorRequest()).getShardIterator();
    }
    GetRecordsResult result =
        kinesis.getRecords(new GetRecordsRequest().withShardIterator(iterator).withLimit(limit));
    List<Record> records = result.getRecords();
    if (!records.isEmpty()) {
      sequenceNumber = records.get(records.size() - 1).getSequenceNumber();
    }
    iterator = result.getNextShardIterator();
    ended = iterator == null;
    Long behind = result.getMillisBehindLatest();
    return Answer.of(
        records, iterator, Duration.ofMillis(behind == null ? 0 : behind), clock.instant());
  }

  private GetShardIteratorRequest iteratorRequest() {
    GetShardIteratorRequest request =
        new GetShardIteratorRequest().withStreamName(plan.stream()).withShardId(plan.shard());
    if (sequenceNumber != null) {
      return request
          .withShardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
          .withStartingSequenceNumber(sequenceNumber);
    }
    // At it, not behind it: a run with receivers may have left the mark inside of an aggregate.
    return plan.mark()
        .mark()
        .map(
            mark ->
                request
                    .withShardIteratorType(ShardIteratorType.AT_SEQUENCE_NUMBER)
                    .withStartingSequenceNumber(mark.sequenceNumber().toString()))
        .orElseGet(() -> startAt(request, plan.start()));
  }

  private static GetShardIteratorRequest startAt(
      GetShardIteratorRequest request, StartPosition start) {
    return start
        .startTime()
        .map(
            time ->
                request
                    .withShardIteratorType(ShardIteratorType.AT_TIMESTAMP)
                    .withTimestamp(Date.from(time)))
        .orElseGet(() -> request.withShardIteratorType(ShardIteratorType.TRIM_HORIZON));
  }
}
