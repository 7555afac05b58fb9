package io.sluice.stack.kinesis.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.stack.kinesis.store.KinesisException.Kind;
import io.sluice.stack.kinesis.store.StoreSettings.ShardLimits;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamTest {
  private static final BigInteger LOW = BigInteger.ZERO;
  private static final BigInteger HIGH = HashKeyRange.MAX;
  private static final Duration TRANSITION = Duration.ofMillis(100);

  private final ManualClock clock = new ManualClock();

  @Test
  void becomesActiveAfterItsTransition() {
    Stream stream = stream(2, ShardLimits.NONE);
    assertThat(stream.status()).isEqualTo(StreamStatus.CREATING);

    clock.pass(TRANSITION);

    assertThat(stream.status()).isEqualTo(StreamStatus.ACTIVE);
  }

  @Test
  void numbersRiseStrictlyWithinAShard() {
    Stream stream = active(1);
    List<SequenceNumber> numbers = new ArrayList<>();

    for (int i = 0; i < 100; i++) {
      numbers.add(put(stream, LOW, "r" + i).sequenceNumber());
    }

    assertThat(numbers).isSorted().doesNotHaveDuplicates();
    assertThat(numbers.get(0)).isGreaterThan(stream.shards().get(0).startingSequenceNumber());
  }

  @Test
  void aRecordGoesToTheShardThatOwnsItsHashKey() {
    Stream stream = active(2);

    assertThat(put(stream, LOW, "a").shardId()).isEqualTo("shardId-000000000000");
    assertThat(put(stream, HIGH, "b").shardId()).isEqualTo("shardId-000000000001");
  }

  @Test
  void positionsFollowTheFiveIteratorTypes() {
    Stream stream = active(1);
    put(stream, LOW, "first");
    clock.pass(Duration.ofSeconds(10));
    SequenceNumber second = put(stream, LOW, "second").sequenceNumber();
    clock.pass(Duration.ofSeconds(10));
    put(stream, LOW, "third");
    Shard shard = stream.shards().get(0);

    assertThat(read(shard, shard.trimHorizon())).containsExactly("first", "second", "third");
    assertThat(read(shard, shard.at(second))).containsExactly("second", "third");
    assertThat(read(shard, shard.after(second))).containsExactly("third");
    assertThat(read(shard, shard.atTimestamp(clock.instant().minusSeconds(15))))
        .containsExactly("second", "third");
    assertThat(read(shard, shard.latest())).isEmpty();
    assertThat(read(shard, shard.at(shard.startingSequenceNumber()))).hasSize(3);
  }

  @Test
  void aSplitClosesTheParentAndItsChildrenGoOn() {
    Stream stream = active(1);
    SequenceNumber before = put(stream, LOW, "before").sequenceNumber();

    stream.split("shardId-000000000000", BigInteger.TEN);
    Stream.Put after = put(stream, LOW, "after");

    Shard parent = stream.shards().get(0);
    assertThat(stream.status()).isEqualTo(StreamStatus.UPDATING);
    assertThat(parent.isOpen()).isFalse();
    assertThat(parent.endingSequenceNumber())
        .hasValueSatisfying(end -> assertThat(end).isGreaterThan(before));
    assertThat(parent.children())
        .extracting(Shard::id)
        .containsExactly("shardId-000000000001", "shardId-000000000002");
    assertThat(after.shardId()).isEqualTo("shardId-000000000001");
    assertThat(after.sequenceNumber()).isGreaterThan(parent.endingSequenceNumber().orElseThrow());
    ShardRead read = parent.read(parent.trimHorizon(), 10, clock.instant());
    assertThat(read.atEnd()).isTrue();
    assertThat(read.records()).hasSize(1);
  }

  @Test
  void aMergeJoinsNeighboursInEitherOrder() {
    Stream stream = active(3);

    stream.merge("shardId-000000000002", "shardId-000000000001");

    Shard merged = stream.shards().get(3);
    assertThat(merged.parents())
        .extracting(Shard::id)
        .containsExactly("shardId-000000000002", "shardId-000000000001");
    assertThat(merged.range())
        .isEqualTo(stream.shards().get(1).range().joinedWith(stream.shards().get(2).range()));
    assertThat(put(stream, HIGH, "x").shardId()).isEqualTo(merged.id());
  }

  @Test
  void refusesToMergeShardsThatDoNotTouch() {
    Stream stream = active(3);

    assertThatThrownBy(() -> stream.merge("shardId-000000000000", "shardId-000000000002"))
        .isInstanceOfSatisfying(
            KinesisException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INVALID_ARGUMENT))
        .hasMessageContaining("are not an adjacent pair of shards eligible for merging");
  }

  @Test
  void refusesToSplitAClosedShardOrAStreamThatIsChanging() {
    Stream stream = active(1);
    stream.split("shardId-000000000000", BigInteger.TEN);

    assertThatThrownBy(() -> stream.split("shardId-000000000001", BigInteger.ONE))
        .hasMessageContaining("not ACTIVE, instead in state UPDATING");
    clock.pass(TRANSITION);
    assertThatThrownBy(() -> stream.split("shardId-000000000000", BigInteger.TWO))
        .hasMessageContaining("has already been merged or split");
  }

  @Test
  void forgetsRecordsAndClosedShardsAfterTheRetention() {
    Stream stream = active(1);
    put(stream, LOW, "old");
    stream.split("shardId-000000000000", BigInteger.TEN);
    clock.pass(Duration.ofHours(23));
    put(stream, LOW, "new");

    clock.pass(Duration.ofMinutes(61));

    assertThat(stream.shards()).extracting(Shard::id).doesNotContain("shardId-000000000000");
    Shard child = stream.shard("shardId-000000000001");
    assertThat(read(child, child.trimHorizon())).containsExactly("new");
    clock.pass(Duration.ofHours(24));
    Shard trimmed = stream.shard("shardId-000000000001");
    assertThat(read(trimmed, 1)).isEmpty();
    assertThat(trimmed.trimHorizon()).isEqualTo(trimmed.latest());
  }

  @Test
  void aReadStopsAtTenMebibytesAndTellsHowFarItIsBehind() {
    Stream stream = active(1);
    for (int i = 0; i < 12; i++) {
      stream.put("k", LOW, ByteBuffer.allocate((1 << 20) - 1));
    }
    clock.pass(Duration.ofSeconds(3));
    Shard shard = stream.shards().get(0);

    ShardRead first = shard.read(shard.trimHorizon(), 10_000, clock.instant());
    ShardRead rest = shard.read(first.nextPosition(), 10_000, clock.instant());

    assertThat(first.records()).hasSize(10);
    assertThat(first.behind()).isEqualTo(Duration.ofSeconds(3));
    assertThat(rest.records()).hasSize(2);
    assertThat(rest.behind()).isZero();
    assertThat(rest.atEnd()).isFalse();
  }

  @Test
  void realLimitsRefuseAndRecoverWithTime() {
    Stream stream = stream(1, ShardLimits.REAL);
    clock.pass(TRANSITION);
    for (int i = 0; i < 1_000; i++) {
      put(stream, LOW, "x");
    }

    assertThatThrownBy(() -> put(stream, LOW, "one too many"))
        .isInstanceOfSatisfying(
            KinesisException.class,
            e -> assertThat(e.kind()).isEqualTo(Kind.PROVISIONED_THROUGHPUT_EXCEEDED))
        .hasMessage(
            "Rate exceeded for shard shardId-000000000000 in stream quakes under account"
                + " 000000000000.");
    clock.pass(Duration.ofMillis(10));
    assertThat(put(stream, LOW, "now").sequenceNumber()).isNotNull();
  }

  @Test
  void aLargeReadBlocksTheNextOnesForAsLongAsItTookTooMuch() {
    Stream stream = stream(1, ShardLimits.REAL);
    for (int i = 0; i < 10; i++) {
      clock.pass(Duration.ofSeconds(2));
      stream.put("k", LOW, ByteBuffer.allocate((1 << 20) - 1));
    }
    Shard shard = stream.shards().get(0);
    assertThat(shard.read(1, 10_000, clock.instant()).records()).hasSize(10);

    clock.pass(Duration.ofMillis(3_900));
    assertThatThrownBy(() -> shard.read(1, 1, clock.instant()))
        .hasMessageStartingWith("Rate exceeded for shard");
    clock.pass(Duration.ofMillis(200));
    assertThat(shard.read(1, 1, clock.instant()).records()).hasSize(1);
  }

  private Stream active(int shards) {
    Stream stream = stream(shards, ShardLimits.NONE);
    clock.pass(TRANSITION);
    return stream;
  }

  private Stream stream(int shards, ShardLimits limits) {
    StoreSettings settings =
        new StoreSettings("us-east-1", "000000000000", TRANSITION, limits, 1L << 30, clock);
    RecordMemory memory = new RecordMemory(settings.memory(), List::of);
    return new Stream("quakes", StreamMode.PROVISIONED, shards, settings, memory);
  }

  private static Stream.Put put(Stream stream, BigInteger hashKey, String data) {
    return stream.put("key", hashKey, ByteBuffer.wrap(data.getBytes(UTF_8)));
  }

  private List<String> read(Shard shard, long position) {
    return shard.read(position, 10_000, clock.instant()).records().stream()
        .map(stored -> UTF_8.decode(stored.data().duplicate()).toString())
        .toList();
  }
}
