package io.sluice.stack.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.AmazonServiceException;
import com.amazonaws.services.kinesis.model.GetRecordsRequest;
import com.amazonaws.services.kinesis.model.GetRecordsResult;
import com.amazonaws.services.kinesis.model.InvalidArgumentException;
import com.amazonaws.services.kinesis.model.ListStreamConsumersRequest;
import com.amazonaws.services.kinesis.model.ProvisionedThroughputExceededException;
import com.amazonaws.services.kinesis.model.PutRecordsRequestEntry;
import com.amazonaws.services.kinesis.model.PutRecordsResult;
import com.amazonaws.services.kinesis.model.ResourceNotFoundException;
import com.amazonaws.services.kinesis.model.ShardIteratorType;
import com.amazonaws.services.kinesis.model.UpdateShardCountRequest;
import io.sluice.stack.kinesis.store.StoreSettings.ShardLimits;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is refused. */
class KinesisLimitsIT extends KinesisCase {
  @Test
  void refusesWhatIsAboveTheLimits() {
    create(1);
    ByteBuffer tooLarge = ByteBuffer.allocate((1 << 20) + 1);
    List<PutRecordsRequestEntry> tooMany = new ArrayList<>();
    for (int i = 0; i < 501; i++) {
      tooMany.add(entry("k", "d"));
    }
    List<PutRecordsRequestEntry> tooMuch = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      tooMuch.add(
          new PutRecordsRequestEntry()
              .withPartitionKey("k")
              .withData(ByteBuffer.allocate((1 << 20) - 1)));
    }

    assertRefused("ValidationException", () -> kinesis.putRecord(STREAM, tooLarge, "k"));
    assertRefused("ValidationException", () -> kinesis.putRecord(STREAM, bytes("x"), ""));
    assertRefused("ValidationException", () -> putRecords(tooMany));
    assertRefused("InvalidArgumentException", () -> putRecords(tooMuch));
    assertRefused(
        "ValidationException",
        () ->
            kinesis.getRecords(
                new GetRecordsRequest().withShardIterator(trimHorizon(SHARD_0)).withLimit(10_001)));
    assertThat(read(trimHorizon(SHARD_0)).getRecords()).isEmpty();
    kinesis.putRecord(STREAM, ByteBuffer.allocate((1 << 20) - 1), "k");
  }

  @Test
  void refusesNamesNumbersAndIteratorsThatItDoesNotKnow() {
    create(2);
    String foreign =
        putRecords(List.of(entry("k", "d").withExplicitHashKey(MIDDLE)))
            .getRecords()
            .get(0)
            .getSequenceNumber();

    assertThatThrownBy(() -> trimHorizon("shardId-000000000009"))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("Shard shardId-000000000009 in stream quakes");
    assertThatThrownBy(() -> kinesis.putRecord("nowhere", bytes("x"), "k"))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(
            () ->
                iterator(
                    request(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                        .withStartingSequenceNumber(foreign)))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("is invalid because it did not come from this stream");
    assertThatThrownBy(() -> read("bm9uc2Vuc2U="))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("Invalid ShardIterator");
    assertRefused("ValidationException", () -> kinesis.createStream("not a name", 1));
    assertThatThrownBy(() -> kinesis.listStreamConsumers(new ListStreamConsumersRequest()))
        .isInstanceOf(AmazonServiceException.class)
        .hasMessageContaining("The stand-in has no action named 'ListStreamConsumers'");
  }

  @Test
  void throttlesAtTheRealLimitsIfAsked() throws Exception {
    stop();
    start(ShardLimits.REAL);
    create(1);
    List<PutRecordsRequestEntry> entries = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      entries.add(
          new PutRecordsRequestEntry()
              .withPartitionKey("k")
              .withData(ByteBuffer.allocate(300_000)));
    }

    PutRecordsResult result = putRecords(entries);

    assertThat(result.getFailedRecordCount()).isEqualTo(2);
    assertThat(result.getRecords().get(4).getErrorCode())
        .isEqualTo("ProvisionedThroughputExceededException");
    assertThat(result.getRecords().get(4).getErrorMessage())
        .startsWith("Rate exceeded for shard shardId-000000000000 in stream quakes");
    assertThat(result.getRecords().get(4).getSequenceNumber()).isNull();
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 20; i++) {
                read(trimHorizon(SHARD_0));
              }
            })
        .isInstanceOf(ProvisionedThroughputExceededException.class);
  }

  @Test
  void refusesWordsThatAreNotInTheList() {
    create(1);

    assertThatThrownBy(
            () ->
                kinesis.updateShardCount(
                    new UpdateShardCountRequest()
                        .withStreamName(STREAM)
                        .withTargetShardCount(2)
                        .withScalingType("DOUBLE")))
        .isInstanceOf(AmazonServiceException.class)
        .hasMessageContaining(
            "1 validation error detected: Value 'DOUBLE' at 'scalingType' failed to satisfy"
                + " constraint: Member must satisfy enum value set: [UNIFORM_SCALING]");
    assertRefused("ValidationException", () -> kinesis.getShardIterator(STREAM, SHARD_0, "FIRST"));
  }

  @Test
  void theOldestRecordsGoWhenMemoryEnds() {
    create(1);
    ByteBuffer large = ByteBuffer.allocate(1 << 19);
    int records = (int) (2 * MEMORY / large.remaining());
    for (int i = 0; i < records; i++) {
      kinesis.putRecord(STREAM, large.duplicate(), "key-" + i);
    }

    GetRecordsResult read = read(trimHorizon(SHARD_0));

    int oldest = Integer.parseInt(read.getRecords().get(0).getPartitionKey().substring(4));
    assertThat(oldest).isBetween(records / 2, records * 5 / 8);
  }
}
