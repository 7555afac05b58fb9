package io.sluice.stack.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.kinesis.model.GetRecordsResult;
import com.amazonaws.services.kinesis.model.InvalidArgumentException;
import com.amazonaws.services.kinesis.model.PutRecordResult;
import com.amazonaws.services.kinesis.model.PutRecordsRequestEntry;
import com.amazonaws.services.kinesis.model.PutRecordsResult;
import com.amazonaws.services.kinesis.model.PutRecordsResultEntry;
import io.sluice.stack.kinesis.store.HashKeyRange;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is put, and into which shard. */
class KinesisPutIT extends KinesisCase {
  @Test
  void givesBackWhatWasPut() {
    create(1);
    byte[] data = new byte[256];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) i;
    }
    Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    PutRecordResult put = kinesis.putRecord(STREAM, ByteBuffer.wrap(data), "Schlüssel");

    GetRecordsResult read = read(trimHorizon(SHARD_0));
    com.amazonaws.services.kinesis.model.Record found = read.getRecords().get(0);
    assertThat(put.getShardId()).isEqualTo(SHARD_0);
    assertThat(put.getSequenceNumber()).hasSize(56).isEqualTo(found.getSequenceNumber());
    assertThat(found.getData()).isEqualTo(ByteBuffer.wrap(data));
    assertThat(found.getPartitionKey()).isEqualTo("Schlüssel");
    assertThat(found.getApproximateArrivalTimestamp().toInstant()).isBetween(before, Instant.now());
    assertThat(read.getMillisBehindLatest()).isZero();
    assertThat(read.getNextShardIterator()).isNotEmpty();
    assertThat(read.getChildShards()).isNullOrEmpty();
  }

  @Test
  void spreadsPutRecordsByTheMd5OfThePartitionKey() {
    create(2);
    List<PutRecordsRequestEntry> entries = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      entries.add(entry("key-" + i, "data-" + i));
    }

    PutRecordsResult result = putRecords(entries);

    assertThat(result.getFailedRecordCount()).isZero();
    assertThat(result.getRecords()).hasSize(500);
    for (int i = 0; i < 500; i++) {
      boolean low = HashKeyRange.hashKeyOf("key-" + i).compareTo(new BigInteger(MIDDLE)) < 0;
      assertThat(result.getRecords().get(i).getShardId()).isEqualTo(low ? SHARD_0 : SHARD_1);
    }
    List<String> all = new ArrayList<>(data(read(trimHorizon(SHARD_0))));
    all.addAll(data(read(trimHorizon(SHARD_1))));
    assertThat(all).hasSize(500).doesNotHaveDuplicates();
  }

  @Test
  void anExplicitHashKeyOverridesThePartitionKey() {
    create(2);

    PutRecordsResult result =
        putRecords(
            List.of(
                entry("same", "low").withExplicitHashKey("0"),
                entry("same", "high").withExplicitHashKey(MIDDLE)));

    assertThat(result.getRecords())
        .extracting(PutRecordsResultEntry::getShardId)
        .containsExactly(SHARD_0, SHARD_1);
    assertThatThrownBy(
            () ->
                putRecords(
                    List.of(
                        entry("k", "d")
                            .withExplicitHashKey("340282366920938463463374607431768211456"))))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("ExplicitHashKey must be in the range: [0, 2^128-1]");
  }
}
