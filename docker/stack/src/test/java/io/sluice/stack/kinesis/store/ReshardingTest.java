package io.sluice.stack.kinesis.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.stack.kinesis.store.KinesisException.Kind;
import io.sluice.stack.kinesis.store.StoreSettings.ShardLimits;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReshardingTest {
  private static final Duration TRANSITION = Duration.ofMillis(100);

  private final ManualClock clock = new ManualClock();

  /** From, to, and the shards that there have been then: the splits and merges that it took. */
  @ParameterizedTest
  @CsvSource({
    "1, 2, 3",
    "2, 4, 6",
    "3, 6, 9",
    "7, 14, 21",
    "4, 2, 6",
    "6, 3, 9",
    "2, 1, 3",
    "2, 2, 2",
    "2, 3, 7",
    "4, 3, 11",
    "5, 3, 13",
    "3, 2, 7"
  })
  void opensShardsOfTheSameSizeThatCoverTheKeySpace(int from, int to, int ever) {
    Stream stream = active(from, ShardLimits.NONE);

    assertThat(stream.updateShardCount(to)).isEqualTo(from);

    List<HashKeyRange> ranges = stream.openShards().stream().map(Shard::range).toList();
    assertThat(ranges).hasSize(to);
    assertThat(ranges.get(0).start()).isZero();
    assertThat(ranges.get(to - 1).end()).isEqualTo(HashKeyRange.MAX);
    for (int i = 1; i < to; i++) {
      assertThat(ranges.get(i - 1).isFollowedBy(ranges.get(i))).isTrue();
    }
    BigInteger size = HashKeyRange.MAX.divide(BigInteger.valueOf(to));
    assertThat(ranges)
        .allSatisfy(
            range ->
                assertThat(range.end().subtract(range.start()).subtract(size).abs())
                    .isLessThan(BigInteger.ONE.shiftLeft(32)));
    assertThat(stream.shards()).hasSize(ever);
    assertThat(stream.status()).isEqualTo(StreamStatus.UPDATING);
  }

  @Test
  void shortLivedShardsAreClosedAndHaveTheirPlaceInTheTree() {
    Stream stream = active(2, ShardLimits.NONE);

    stream.updateShardCount(3);

    List<Shard> all = stream.shards();
    assertThat(all.subList(0, 2)).noneMatch(Shard::isOpen);
    assertThat(all)
        .filteredOn(shard -> !shard.isOpen())
        .allSatisfy(
            shard -> {
              assertThat(shard.endingSequenceNumber()).isPresent();
              assertThat(shard.children())
                  .isNotEmpty()
                  .allSatisfy(child -> assertThat(child.parents()).contains(shard));
            });
    assertThat(stream.openShards())
        .allSatisfy(
            shard ->
                assertThat(shard.startingSequenceNumber())
                    .isGreaterThan(shard.parents().get(0).endingSequenceNumber().orElseThrow()));
    Stream.Put put = stream.put("k", HashKeyRange.MAX.shiftRight(1), ByteBuffer.allocate(1));
    assertThat(stream.openShards()).extracting(Shard::id).contains(put.shardId());
  }

  @Test
  void refusesMoreThanTwiceAndLessThanHalfAsMany() {
    Stream stream = active(5, ShardLimits.NONE);

    assertThatThrownBy(() -> stream.updateShardCount(11))
        .isInstanceOfSatisfying(
            KinesisException.class, e -> assertThat(e.kind()).isEqualTo(Kind.LIMIT_EXCEEDED))
        .hasMessage(
            "UpdateShardCount cannot scale up over double your current open shard count. Current"
                + " open shard count: 5 Target shard count: 11");
    assertThatThrownBy(() -> stream.updateShardCount(2))
        .hasMessage(
            "UpdateShardCount cannot scale down below half your current open shard count. Current"
                + " open shard count: 5 Target shard count: 2");
    assertThat(stream.status()).isEqualTo(StreamStatus.ACTIVE);
    assertThat(stream.shards()).hasSize(5);
  }

  @Test
  void refusesAStreamThatIsChanging() {
    Stream stream = active(1, ShardLimits.NONE);
    stream.updateShardCount(2);

    assertThatThrownBy(() -> stream.updateShardCount(4))
        .isInstanceOfSatisfying(
            KinesisException.class, e -> assertThat(e.kind()).isEqualTo(Kind.RESOURCE_IN_USE))
        .hasMessage(
            "Stream quakes under account 000000000000 not ACTIVE, instead in state UPDATING");
  }

  @Test
  void realLimitsAllowTenUpdatesInTwentyFourHours() {
    Stream stream = active(1, ShardLimits.REAL);
    for (int i = 0; i < 10; i++) {
      stream.updateShardCount(i % 2 == 0 ? 2 : 1);
      clock.pass(Duration.ofHours(1));
    }

    assertThatThrownBy(() -> stream.updateShardCount(2))
        .hasMessageContaining("more than 10 times in a rolling 24-hour period");
    clock.pass(Duration.ofHours(14).plusSeconds(1));
    assertThat(stream.updateShardCount(2)).isEqualTo(1);
  }

  private Stream active(int shards, ShardLimits limits) {
    StoreSettings settings =
        new StoreSettings("us-east-1", "000000000000", TRANSITION, limits, 1L << 30, clock);
    RecordMemory memory = new RecordMemory(settings.memory(), List::of);
    Stream stream = new Stream("quakes", StreamMode.PROVISIONED, shards, settings, memory);
    clock.pass(TRANSITION);
    return stream;
  }
}
