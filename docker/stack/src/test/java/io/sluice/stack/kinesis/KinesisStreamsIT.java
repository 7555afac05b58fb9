package io.sluice.stack.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.amazonaws.services.kinesis.model.AddTagsToStreamRequest;
import com.amazonaws.services.kinesis.model.AmazonKinesisException;
import com.amazonaws.services.kinesis.model.DecreaseStreamRetentionPeriodRequest;
import com.amazonaws.services.kinesis.model.DescribeLimitsRequest;
import com.amazonaws.services.kinesis.model.DescribeLimitsResult;
import com.amazonaws.services.kinesis.model.DescribeStreamRequest;
import com.amazonaws.services.kinesis.model.DescribeStreamSummaryRequest;
import com.amazonaws.services.kinesis.model.IncreaseStreamRetentionPeriodRequest;
import com.amazonaws.services.kinesis.model.InvalidArgumentException;
import com.amazonaws.services.kinesis.model.ListShardsRequest;
import com.amazonaws.services.kinesis.model.ListStreamsRequest;
import com.amazonaws.services.kinesis.model.ListStreamsResult;
import com.amazonaws.services.kinesis.model.ListTagsForStreamRequest;
import com.amazonaws.services.kinesis.model.ListTagsForStreamResult;
import com.amazonaws.services.kinesis.model.PutRecordRequest;
import com.amazonaws.services.kinesis.model.RemoveTagsFromStreamRequest;
import com.amazonaws.services.kinesis.model.ResourceInUseException;
import com.amazonaws.services.kinesis.model.ResourceNotFoundException;
import com.amazonaws.services.kinesis.model.Shard;
import com.amazonaws.services.kinesis.model.StreamDescription;
import com.amazonaws.services.kinesis.model.StreamDescriptionSummary;
import com.amazonaws.services.kinesis.model.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Streams: their life, their lists, their retention. */
class KinesisStreamsIT extends KinesisCase {
  @Test
  void speaksTheFormatUnderTest() {
    kinesis.listStreams();

    assertThat(contentType.get()).isEqualTo(format.contentType);
  }

  @Test
  void createsDescribesAndDeletesAStream() {
    kinesis.createStream(STREAM, 2);
    assertThat(describe().getStreamStatus()).isEqualTo("CREATING");
    awaitActive();

    StreamDescription stream = describe();
    assertThat(stream.getStreamARN())
        .isEqualTo("arn:aws:kinesis:us-east-1:000000000000:stream/quakes");
    assertThat(stream.getStreamCreationTimestamp()).isCloseTo(Date.from(Instant.now()), 60_000);
    assertThat(stream.getRetentionPeriodHours()).isEqualTo(24);
    assertThat(stream.getHasMoreShards()).isFalse();
    assertThat(stream.getShards()).extracting(Shard::getShardId).containsExactly(SHARD_0, SHARD_1);
    assertThat(stream.getShards().get(1).getHashKeyRange().getStartingHashKey()).isEqualTo(MIDDLE);
    assertThat(stream.getShards().get(1).getSequenceNumberRange().getEndingSequenceNumber())
        .isNull();
    StreamDescriptionSummary summary =
        kinesis
            .describeStreamSummary(new DescribeStreamSummaryRequest().withStreamName(STREAM))
            .getStreamDescriptionSummary();
    assertThat(summary.getOpenShardCount()).isEqualTo(2);
    assertThat(summary.getConsumerCount()).isZero();
    assertThat(summary.getStreamStatus()).isEqualTo("ACTIVE");
    assertThat(summary.getStreamModeDetails().getStreamMode()).isEqualTo("PROVISIONED");
    assertThat(summary.getRetentionPeriodHours()).isEqualTo(24);
    assertThat(summary.getEncryptionType()).isEqualTo("NONE");
    assertThat(summary.getStreamCreationTimestamp()).isEqualTo(stream.getStreamCreationTimestamp());

    kinesis.deleteStream(STREAM);
    assertThat(describe().getStreamStatus()).isEqualTo("DELETING");
    await().until(() -> kinesis.listStreams().getStreamNames().isEmpty());
    assertThatThrownBy(this::describe)
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("Stream quakes under account 000000000000 not found.");
  }

  @Test
  void refusesASecondStreamOfTheSameName() {
    kinesis.createStream(STREAM, 1);

    assertThatThrownBy(() -> kinesis.createStream(STREAM, 1))
        .isInstanceOf(ResourceInUseException.class)
        .hasMessageContaining("already exists");
  }

  @Test
  void refusesPutsBeforeTheStreamIsActive() {
    kinesis.createStream(STREAM, 1);

    assertThatThrownBy(() -> put("a")).isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void listsStreamsByPages() {
    List.of("c", "a", "b").forEach(name -> kinesis.createStream(name, 1));

    ListStreamsResult first = kinesis.listStreams(new ListStreamsRequest().withLimit(2));
    ListStreamsResult byToken =
        kinesis.listStreams(new ListStreamsRequest().withNextToken(first.getNextToken()));
    ListStreamsResult byName =
        kinesis.listStreams(new ListStreamsRequest().withExclusiveStartStreamName("b"));

    assertThat(first.getStreamNames()).containsExactly("a", "b");
    assertThat(first.getHasMoreStreams()).isTrue();
    assertThat(byToken.getStreamNames()).containsExactly("c");
    assertThat(byToken.getHasMoreStreams()).isFalse();
    assertThat(byName.getStreamNames()).containsExactly("c");
    assertThat(byName.getStreamSummaries().get(0).getStreamARN()).endsWith(":stream/c");
  }

  @Test
  void takesTheArnInPlaceOfTheName() {
    create(1);
    String arn = describe().getStreamARN();

    kinesis.putRecord(
        new PutRecordRequest().withStreamARN(arn).withPartitionKey("k").withData(bytes("x")));

    assertThat(kinesis.listShards(new ListShardsRequest().withStreamARN(arn)).getShards())
        .hasSize(1);
    assertThat(data(read(trimHorizon(SHARD_0)))).containsExactly("x");
    assertThatThrownBy(
            () -> kinesis.describeStream(new DescribeStreamRequest().withStreamARN("arn:nonsense")))
        .isInstanceOf(AmazonKinesisException.class)
        .hasMessageContaining("'streamARN' failed to satisfy constraint");
  }

  @Test
  void keepsRecordsForAsLongAsTheRetentionSays() {
    create(1);
    put("a");
    kinesis.increaseStreamRetentionPeriod(
        new IncreaseStreamRetentionPeriodRequest()
            .withStreamName(STREAM)
            .withRetentionPeriodHours(48));
    ahead.set(Duration.ofHours(30));
    assertThat(describe().getRetentionPeriodHours()).isEqualTo(48);
    assertThat(data(read(trimHorizon(SHARD_0)))).containsExactly("a");

    kinesis.decreaseStreamRetentionPeriod(
        new DecreaseStreamRetentionPeriodRequest()
            .withStreamName(STREAM)
            .withRetentionPeriodHours(24));
    ahead.set(Duration.ofHours(31));

    assertThat(data(read(trimHorizon(SHARD_0)))).isEmpty();
    assertThatThrownBy(
            () ->
                kinesis.decreaseStreamRetentionPeriod(
                    new DecreaseStreamRetentionPeriodRequest()
                        .withStreamName(STREAM)
                        .withRetentionPeriodHours(23)))
        .isInstanceOf(InvalidArgumentException.class);
  }

  @Test
  void refusesRetentionsOutsideOfTheBoundsOrTheWrongWay() {
    create(1);

    assertThatThrownBy(() -> increaseRetention(23))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining(
            "Minimum allowed retention period is 24 hours. Requested retention period (23 hours)"
                + " is too short.");
    assertThatThrownBy(() -> increaseRetention(8_761))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("Maximum allowed retention period is 8760 hours.");
    increaseRetention(48);
    assertThatThrownBy(() -> increaseRetention(30))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining(
            "Requested retention period (30 hours) for stream quakes can not be shorter than"
                + " existing retention period (48 hours). Use DecreaseRetentionPeriod API.");
    kinesis.splitShard(STREAM, SHARD_0, MIDDLE);
    assertThatThrownBy(() -> increaseRetention(72)).isInstanceOf(ResourceInUseException.class);
  }

  @Test
  void keepsTags() {
    create(1);
    kinesis.addTagsToStream(
        new AddTagsToStreamRequest()
            .withStreamName(STREAM)
            .withTags(Map.of("a", "1", "b", "2", "team", "quakes")));
    kinesis.removeTagsFromStream(
        new RemoveTagsFromStreamRequest().withStreamName(STREAM).withTagKeys("a", "none"));

    ListTagsForStreamResult first =
        kinesis.listTagsForStream(
            new ListTagsForStreamRequest().withStreamName(STREAM).withLimit(1));
    ListTagsForStreamResult second =
        kinesis.listTagsForStream(
            new ListTagsForStreamRequest().withStreamName(STREAM).withExclusiveStartTagKey("b"));

    assertThat(first.getTags()).containsExactly(new Tag().withKey("b").withValue("2"));
    assertThat(first.getHasMoreTags()).isTrue();
    assertThat(second.getTags()).containsExactly(new Tag().withKey("team").withValue("quakes"));
    assertThat(second.getHasMoreTags()).isFalse();
  }

  @Test
  void describesTheLimits() {
    create(3);

    DescribeLimitsResult limits = kinesis.describeLimits(new DescribeLimitsRequest());

    assertThat(limits.getOpenShardCount()).isEqualTo(3);
    assertThat(limits.getShardLimit()).isGreaterThan(3);
    assertThat(limits.getOnDemandStreamCount()).isZero();
  }

  private void increaseRetention(int hours) {
    kinesis.increaseStreamRetentionPeriod(
        new IncreaseStreamRetentionPeriodRequest()
            .withStreamName(STREAM)
            .withRetentionPeriodHours(hours));
  }
}
