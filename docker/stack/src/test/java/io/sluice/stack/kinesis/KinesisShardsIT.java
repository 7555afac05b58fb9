package io.sluice.stack.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.kinesis.model.ChildShard;
import com.amazonaws.services.kinesis.model.CreateStreamRequest;
import com.amazonaws.services.kinesis.model.DescribeStreamSummaryRequest;
import com.amazonaws.services.kinesis.model.ExpiredNextTokenException;
import com.amazonaws.services.kinesis.model.GetRecordsResult;
import com.amazonaws.services.kinesis.model.InvalidArgumentException;
import com.amazonaws.services.kinesis.model.LimitExceededException;
import com.amazonaws.services.kinesis.model.ListShardsRequest;
import com.amazonaws.services.kinesis.model.ListShardsResult;
import com.amazonaws.services.kinesis.model.ResourceInUseException;
import com.amazonaws.services.kinesis.model.ResourceNotFoundException;
import com.amazonaws.services.kinesis.model.ScalingType;
import com.amazonaws.services.kinesis.model.Shard;
import com.amazonaws.services.kinesis.model.ShardFilter;
import com.amazonaws.services.kinesis.model.ShardFilterType;
import com.amazonaws.services.kinesis.model.StreamModeDetails;
import com.amazonaws.services.kinesis.model.UpdateShardCountRequest;
import com.amazonaws.services.kinesis.model.UpdateShardCountResult;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Shards: how they are listed and how they change. */
class KinesisShardsIT extends KinesisCase {
  @Test
  void aSplitShardEndsWithItsChildren() {
    create(1);
    put("before");
    kinesis.splitShard(STREAM, SHARD_0, MIDDLE);
    awaitActive();
    put("after");

    GetRecordsResult end = read(trimHorizon(SHARD_0));

    assertThat(data(end)).containsExactly("before");
    assertThat(end.getNextShardIterator()).isNull();
    assertThat(end.getChildShards())
        .extracting(ChildShard::getShardId)
        .containsExactly(SHARD_1, "shardId-000000000002");
    assertThat(end.getChildShards().get(0).getParentShards()).containsExactly(SHARD_0);
    assertThat(end.getChildShards().get(1).getHashKeyRange().getStartingHashKey())
        .isEqualTo(MIDDLE);
    Shard parent = describe().getShards().get(0);
    assertThat(new BigInteger(parent.getSequenceNumberRange().getEndingSequenceNumber()))
        .isGreaterThan(new BigInteger(end.getRecords().get(0).getSequenceNumber()));
    assertThat(describe().getShards().get(1).getParentShardId()).isEqualTo(SHARD_0);
  }

  @Test
  void mergedShardsHaveTwoParents() {
    create(2);

    kinesis.mergeShards(STREAM, SHARD_0, SHARD_1);
    awaitActive();

    Shard merged = describe().getShards().get(2);
    assertThat(merged.getParentShardId()).isEqualTo(SHARD_0);
    assertThat(merged.getAdjacentParentShardId()).isEqualTo(SHARD_1);
    assertThat(read(trimHorizon(SHARD_1)).getChildShards().get(0).getParentShards())
        .containsExactly(SHARD_0, SHARD_1);
    assertThatThrownBy(() -> kinesis.mergeShards(STREAM, SHARD_0, SHARD_1))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("has already been merged or split");
  }

  @Test
  void listsShardsByPagesAndFilters() {
    create(3);
    kinesis.splitShard(STREAM, SHARD_1, "170141183460469231731687303715884105000");
    awaitActive();

    ListShardsResult first =
        kinesis.listShards(new ListShardsRequest().withStreamName(STREAM).withMaxResults(3));
    ListShardsResult second =
        kinesis.listShards(new ListShardsRequest().withNextToken(first.getNextToken()));

    assertThat(first.getShards()).hasSize(3);
    assertThat(second.getShards())
        .extracting(Shard::getShardId)
        .containsExactly("shardId-000000000003", "shardId-000000000004");
    assertThat(second.getNextToken()).isNull();
    assertThat(filtered(new ShardFilter().withType(ShardFilterType.AT_LATEST)))
        .doesNotContain(SHARD_1)
        .hasSize(4);
    assertThat(filtered(new ShardFilter().withType(ShardFilterType.AT_TRIM_HORIZON)))
        .containsExactly(SHARD_0, SHARD_1, "shardId-000000000002");
    assertThat(filtered(new ShardFilter().withType(ShardFilterType.FROM_TRIM_HORIZON))).hasSize(5);
    assertThat(
            filtered(
                new ShardFilter()
                    .withType(ShardFilterType.AFTER_SHARD_ID)
                    .withShardId("shardId-000000000003")))
        .containsExactly("shardId-000000000004");
    assertThat(
            filtered(
                new ShardFilter()
                    .withType(ShardFilterType.FROM_TIMESTAMP)
                    .withTimestamp(Date.from(Instant.now()))))
        .doesNotContain(SHARD_1)
        .hasSize(4);
  }

  @Test
  void aPageTokenExpires() {
    create(2);
    String token =
        kinesis
            .listShards(new ListShardsRequest().withStreamName(STREAM).withMaxResults(1))
            .getNextToken();

    ahead.set(Duration.ofMinutes(6));

    assertThatThrownBy(() -> kinesis.listShards(new ListShardsRequest().withNextToken(token)))
        .isInstanceOf(ExpiredNextTokenException.class)
        .hasMessageContaining("NextToken is expired");
  }

  @Test
  void updatesTheShardCount() {
    create(2);
    put("before");

    UpdateShardCountResult result = updateShardCount(3);

    assertThat(result.getStreamName()).isEqualTo(STREAM);
    assertThat(result.getCurrentShardCount()).isEqualTo(2);
    assertThat(result.getTargetShardCount()).isEqualTo(3);
    assertThat(describe().getStreamStatus()).isEqualTo("UPDATING");
    assertThatThrownBy(() -> updateShardCount(6)).isInstanceOf(ResourceInUseException.class);
    awaitActive();
    assertThat(filtered(new ShardFilter().withType(ShardFilterType.AT_LATEST))).hasSize(3);
    assertThat(
            kinesis
                .describeStreamSummary(new DescribeStreamSummaryRequest().withStreamName(STREAM))
                .getStreamDescriptionSummary()
                .getOpenShardCount())
        .isEqualTo(3);
    assertThat(describe().getShards())
        .filteredOn(shard -> shard.getSequenceNumberRange().getEndingSequenceNumber() == null)
        .allSatisfy(shard -> assertThat(shard.getParentShardId()).isNotNull());
  }

  @Test
  void followingTheChildrenFindsEveryRecordOfAStreamThatWasResharded() {
    create(2);
    List<String> sent = new ArrayList<>();
    for (int target : List.of(4, 3, 2, 1)) {
      for (int i = 0; i < 40; i++) {
        sent.add(target + "-" + i);
        putRecords(List.of(entry("key-" + i, target + "-" + i)));
      }
      updateShardCount(target);
      awaitActive();
    }

    Set<String> visited = new HashSet<>();
    List<String> found = new ArrayList<>();
    readWithChildren(SHARD_0, visited, found);
    readWithChildren(SHARD_1, visited, found);

    assertThat(found).containsExactlyInAnyOrderElementsOf(sent);
    assertThat(visited).hasSameSizeAs(describe().getShards());
  }

  @Test
  void refusesShardCountsOutsideOfTheLimits() {
    create(4);

    assertThatThrownBy(() -> updateShardCount(9))
        .isInstanceOf(LimitExceededException.class)
        .hasMessageContaining("cannot scale up over double your current open shard count");
    assertThatThrownBy(() -> updateShardCount(1))
        .isInstanceOf(LimitExceededException.class)
        .hasMessageContaining("cannot scale down below half your current open shard count");
    assertThatThrownBy(() -> updateShardCount(10_001))
        .isInstanceOf(LimitExceededException.class)
        .hasMessageContaining("cannot be greater than 10000");
    assertRefused("ValidationException", () -> updateShardCount(0));
    assertRefused(
        "ValidationException",
        () ->
            kinesis.updateShardCount(
                new UpdateShardCountRequest().withStreamName(STREAM).withTargetShardCount(4)));
    assertThatThrownBy(
            () ->
                kinesis.updateShardCount(
                    new UpdateShardCountRequest()
                        .withStreamName("nowhere")
                        .withScalingType("UNIFORM_SCALING")
                        .withTargetShardCount(1)))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void anOnDemandStreamIsNotResharded() {
    kinesis.createStream(
        new CreateStreamRequest()
            .withStreamName(STREAM)
            .withStreamModeDetails(new StreamModeDetails().withStreamMode("ON_DEMAND")));
    awaitActive();

    assertRefused("ValidationException", () -> updateShardCount(8));
    assertRefused("ValidationException", () -> kinesis.mergeShards(STREAM, SHARD_0, SHARD_1));
    assertThat(describe().getShards()).hasSize(4);
  }

  @Test
  void filtersShardsByATime() {
    create(1);
    Date before = Date.from(Instant.now());
    ahead.set(Duration.ofSeconds(30));
    kinesis.splitShard(STREAM, SHARD_0, MIDDLE);
    awaitActive();

    assertThat(
            filtered(
                new ShardFilter().withType(ShardFilterType.AT_TIMESTAMP).withTimestamp(before)))
        .containsExactly(SHARD_0);
    assertThat(
            filtered(
                new ShardFilter().withType(ShardFilterType.FROM_TIMESTAMP).withTimestamp(before)))
        .hasSize(3);
    assertThatThrownBy(() -> filtered(new ShardFilter().withType(ShardFilterType.AT_TIMESTAMP)))
        .isInstanceOf(InvalidArgumentException.class);
  }

  private UpdateShardCountResult updateShardCount(int target) {
    return kinesis.updateShardCount(
        new UpdateShardCountRequest()
            .withStreamName(STREAM)
            .withScalingType(ScalingType.UNIFORM_SCALING)
            .withTargetShardCount(target));
  }

  private void readWithChildren(String shard, Set<String> visited, List<String> found) {
    if (!visited.add(shard)) {
      return;
    }
    String iterator = trimHorizon(shard);
    GetRecordsResult read = read(iterator);
    found.addAll(data(read));
    if (read.getNextShardIterator() == null) {
      read.getChildShards().forEach(child -> readWithChildren(child.getShardId(), visited, found));
    }
  }
}
