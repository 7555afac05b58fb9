package io.sluice.stack.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.amazonaws.services.kinesis.model.ExpiredIteratorException;
import com.amazonaws.services.kinesis.model.GetRecordsRequest;
import com.amazonaws.services.kinesis.model.GetRecordsResult;
import com.amazonaws.services.kinesis.model.ResourceNotFoundException;
import com.amazonaws.services.kinesis.model.ShardIteratorType;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reading by iterators. */
class KinesisReadIT extends KinesisCase {
  @Test
  void startsReadingWhereTheIteratorSays() {
    create(1);
    put("a");
    final String second = put("b").getSequenceNumber();
    ahead.set(Duration.ofSeconds(20));
    final Date later = Date.from(Instant.now().plusSeconds(10));
    put("c");
    String latest = iterator(request(ShardIteratorType.LATEST));
    put("d");

    assertThat(data(read(trimHorizon(SHARD_0)))).containsExactly("a", "b", "c", "d");
    assertThat(
            data(
                read(
                    iterator(
                        request(ShardIteratorType.AT_SEQUENCE_NUMBER)
                            .withStartingSequenceNumber(second)))))
        .containsExactly("b", "c", "d");
    assertThat(
            data(
                read(
                    iterator(
                        request(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                            .withStartingSequenceNumber(second)))))
        .containsExactly("c", "d");
    assertThat(data(read(iterator(request(ShardIteratorType.AT_TIMESTAMP).withTimestamp(later)))))
        .containsExactly("c", "d");
    assertThat(data(read(latest))).containsExactly("d");
  }

  @Test
  void pagesThroughAShardByLimit() {
    create(1);
    putRecords(List.of(entry("k", "a"), entry("k", "b"), entry("k", "c")));
    ahead.set(Duration.ofSeconds(5));

    GetRecordsResult first =
        kinesis.getRecords(
            new GetRecordsRequest().withShardIterator(trimHorizon(SHARD_0)).withLimit(2));
    GetRecordsResult rest = read(first.getNextShardIterator());

    assertThat(data(first)).containsExactly("a", "b");
    assertThat(first.getMillisBehindLatest()).isBetween(5_000L, 60_000L);
    assertThat(data(rest)).containsExactly("c");
    assertThat(rest.getMillisBehindLatest()).isZero();
    assertThat(data(read(rest.getNextShardIterator()))).isEmpty();
  }

  @Test
  void anIteratorExpiresAfterFiveMinutes() {
    create(1);
    String iterator = trimHorizon(SHARD_0);
    ahead.set(Duration.ofMinutes(4));
    assertThat(read(iterator).getRecords()).isEmpty();

    ahead.set(Duration.ofSeconds(301));

    assertThatThrownBy(() -> read(iterator))
        .isInstanceOf(ExpiredIteratorException.class)
        .hasMessageContaining("Iterator expired");
  }

  @Test
  void anIteratorDoesNotReadAStreamThatWasCreatedAgain() {
    create(1);
    String iterator = trimHorizon(SHARD_0);
    kinesis.deleteStream(STREAM);
    await().until(() -> kinesis.listStreams().getStreamNames().isEmpty());
    create(1);

    assertThatThrownBy(() -> read(iterator)).isInstanceOf(ResourceNotFoundException.class);
  }
}
