package io.sluice.writer.source.receiver;

import com.amazonaws.services.kinesis.AmazonKinesis;
import com.amazonaws.services.kinesis.clientlibrary.types.UserRecord;
import com.amazonaws.services.kinesis.model.AmazonKinesisException;
import com.amazonaws.services.kinesis.model.GetRecordsRequest;
import com.amazonaws.services.kinesis.model.GetRecordsResult;
import com.amazonaws.services.kinesis.model.GetShardIteratorRequest;
import com.amazonaws.services.kinesis.model.Shard;
import com.amazonaws.services.kinesis.model.ShardIteratorType;
import io.sluice.common.manifest.Mark;
import io.sluice.common.manifest.ShardMark;
import io.sluice.common.manifest.StartPosition;
import io.sluice.writer.source.TrackedStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Proves that a shard has been read to its end: Kinesis itself says that nothing follows the mark.
 * The lease table cannot prove it, for the KCL writes SHARD_END before the last blocks are stored.
 */
final class ShardEnds {
  private static final Logger log = LoggerFactory.getLogger(ShardEnds.class);

  /** Answers may be empty on the way; what they do not tell now, they tell the next interval. */
  private static final int CALLS = 3;

  private final AmazonKinesis kinesis;

  ShardEnds(AmazonKinesis kinesis) {
    this.kinesis = kinesis;
  }

  /**
   * Of the shards that are closed and not known as ended, those that end where {@code marks} are.
   */
  List<ShardMark> proven(TrackedStream stream, Map<String, ShardMark> marks) {
    List<ShardMark> ended = new ArrayList<>();
    for (Shard shard : stream.shards()) {
      boolean closed = shard.getSequenceNumberRange().getEndingSequenceNumber() != null;
      ShardMark mark = marks.getOrDefault(shard.getShardId(), ShardMark.unread(shard.getShardId()));
      if (closed && !mark.ended() && isEnd(stream, shard, mark)) {
        ended.add(mark.asEnded());
      }
    }
    return ended;
  }

  private boolean isEnd(TrackedStream stream, Shard shard, ShardMark mark) {
    try {
      String iterator = kinesis.getShardIterator(request(stream, shard, mark)).getShardIterator();
      for (int call = 0; call < CALLS; call++) {
        GetRecordsResult answer =
            kinesis.getRecords(new GetRecordsRequest().withShardIterator(iterator).withLimit(2));
        if (holdsMoreThan(mark, answer)) {
          return false;
        }
        iterator = answer.getNextShardIterator();
        if (iterator == null) {
          return true;
        }
      }
      return false;
    } catch (AmazonKinesisException e) {
      log.debug("cannot tell yet whether {} has been read to its end", mark.shard(), e);
      return false;
    }
  }

  private static GetShardIteratorRequest request(
      TrackedStream stream, Shard shard, ShardMark mark) {
    GetShardIteratorRequest request =
        new GetShardIteratorRequest().withStreamName(stream.name()).withShardId(shard.getShardId());
    if (mark.mark().isPresent()) {
      // At it, not behind it: the mark may stand inside of an aggregate.
      return request
          .withShardIteratorType(ShardIteratorType.AT_SEQUENCE_NUMBER)
          .withStartingSequenceNumber(mark.sequenceNumber().toString());
    }
    StartPosition start = stream.start(shard);
    return start
        .startTime()
        .map(
            time ->
                request
                    .withShardIteratorType(ShardIteratorType.AT_TIMESTAMP)
                    .withTimestamp(Date.from(time)))
        .orElseGet(() -> request.withShardIteratorType(ShardIteratorType.TRIM_HORIZON));
  }

  private static boolean holdsMoreThan(ShardMark mark, GetRecordsResult answer) {
    return UserRecord.deaggregate(answer.getRecords()).stream()
        .map(
            record ->
                new Mark(new BigInteger(record.getSequenceNumber()), record.getSubSequenceNumber()))
        .anyMatch(found -> mark.mark().map(at -> found.compareTo(at) > 0).orElse(true));
  }
}
