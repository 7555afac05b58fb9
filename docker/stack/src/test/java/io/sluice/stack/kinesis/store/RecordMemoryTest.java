package io.sluice.stack.kinesis.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sluice.stack.kinesis.store.StoreSettings.ShardLimits;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RecordMemoryTest {
  private static final int SIZE = 1 << 16;

  private final ManualClock clock = new ManualClock();
  private final Streams streams =
      new Streams(
          new StoreSettings(
              "us-east-1",
              "000000000000",
              Duration.ofMillis(100),
              ShardLimits.NONE,
              StoreSettings.MIN_MEMORY,
              clock));

  @Test
  void theOldestRecordsGoWhereverTheyAre() {
    Stream old = stream("old");
    Stream busy = stream("busy");
    put(old, 10);
    clock.pass(Duration.ofSeconds(1));

    put(busy, 1_000);

    assertThat(shard(old).oldestArrival()).isEmpty();
    Shard kept = shard(busy);
    assertThat(kept.latest() - kept.trimHorizon()).isBetween(240L, 256L);
    assertThat(kept.read(1, 10_000, clock.instant()).records().get(0).sequenceNumber().index())
        .isEqualTo(kept.trimHorizon());
    assertThat(kept.latest()).isEqualTo(1_001);
  }

  @Test
  void shardsOfTheSameAgeGiveAlike() {
    Stream stream = streams.create("two", StreamMode.PROVISIONED, 2);
    clock.pass(Duration.ofSeconds(1));
    for (int i = 0; i < 1_000; i++) {
      stream.put("k", i % 2 == 0 ? BigInteger.ZERO : HashKeyRange.MAX, ByteBuffer.allocate(SIZE));
      clock.pass(Duration.ofMillis(1));
    }

    long first = stream.shards().get(0).trimHorizon();

    assertThat(stream.shards().get(1).trimHorizon()).isCloseTo(first, within(2L));
  }

  @Test
  void aDeletedStreamGivesItsMemoryBack() {
    put(stream("old"), 200);
    streams.delete("old");
    clock.pass(Duration.ofSeconds(1));
    Stream next = stream("next");

    put(next, 200);

    assertThat(shard(next).trimHorizon()).isEqualTo(1);
  }

  @Test
  void retentionGivesMemoryBack() {
    Stream stream = stream("s");
    put(stream, 200);
    clock.pass(Duration.ofHours(25));

    put(stream, 200);

    assertThat(shard(stream).trimHorizon()).isEqualTo(201);
  }

  @Test
  void refusesLessMemoryThanOneAnswerTakes() {
    assertThatThrownBy(
            () ->
                new StoreSettings(
                    "us-east-1", "0", Duration.ZERO, ShardLimits.NONE, 1 << 20, clock))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the memory of Kinesis must be at least 16 MiB, not 1048576 bytes");
  }

  private Stream stream(String name) {
    Stream stream = streams.create(name, StreamMode.PROVISIONED, 1);
    clock.pass(Duration.ofSeconds(1));
    return stream;
  }

  private static void put(Stream stream, int records) {
    for (int i = 0; i < records; i++) {
      stream.put("k", BigInteger.ZERO, ByteBuffer.allocate(SIZE));
    }
  }

  private static Shard shard(Stream stream) {
    return stream.shards().get(0);
  }
}
