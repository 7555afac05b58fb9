package io.sluice.writer.source.receiver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.common.manifest.Mark;
import io.sluice.common.manifest.ShardMark;
import io.sluice.writer.source.ShardSlice;
import io.sluice.writer.source.SliceEnd;
import io.sluice.writer.source.SourceRecord;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.spark.streaming.kinesis.SequenceNumberRange;
import org.junit.jupiter.api.Test;

class ReceivedSlicesTest {
  private static final ShardId ONE = new ShardId("clicks", "shardId-000000000001");
  private static final ShardId TWO = new ShardId("clicks", "shardId-000000000002");
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private final ReceivedSlices slices = new ReceivedSlices();

  @Test
  void recordsGoToTheShardsOfTheirRangesInTheOrderOfTheMarks() {
    slices.add(
        "block-1", List.of(range(ONE, 3, 4, 2), range(TWO, 7, 7, 1)), records(3, 4, 7).iterator());
    slices.add("block-2", List.of(range(ONE, 1, 2, 2)), records(1, 2).iterator());

    assertThat(read(ONE, Map.of())).containsExactly(1L, 2L, 3L, 4L);
    assertThat(read(TWO, Map.of())).containsExactly(7L);
  }

  @Test
  void whatCameTwiceInTheIntervalIsTakenOnceAndCounted() {
    slices.add("block-1", List.of(range(ONE, 1, 3, 3)), records(1, 2, 3).iterator());
    slices.add("block-2", List.of(range(ONE, 2, 4, 3)), records(2, 3, 4).iterator());

    ShardSlice slice = slice(ONE, Map.of());

    assertThat(sequenceNumbers(slice)).containsExactly(1L, 2L, 3L, 4L);
    SliceEnd end = slice.end();
    assertThat(end.duplicates()).isEqualTo(2);
    assertThat(end.reached()).isEqualTo(ShardMark.at(ONE.shard(), mark(4, 0)));
    assertThat(end.range().orElseThrow().records()).isEqualTo(4);
    assertThat(end.range().orElseThrow().from()).isEqualTo(mark(1, 0));
    assertThat(end.behind()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void whatTheLastManifestHasIsDroppedAndCounted() {
    slices.add("block-1", List.of(range(ONE, 1, 4, 4)), records(1, 2, 3, 4).iterator());
    Map<ShardId, ShardMark> marks = Map.of(ONE, ShardMark.at(ONE.shard(), mark(2, 0)));

    ShardSlice slice = slice(ONE, marks);

    assertThat(sequenceNumbers(slice)).containsExactly(3L, 4L);
    assertThat(slice.end().duplicates()).isEqualTo(2);
  }

  /** A lease that moved: the new owner's blocks are stored before those of the old one. */
  @Test
  void recordsThatArriveBehindLaterOnesAreNotLost() {
    slices.add("new owner", List.of(range(ONE, 5, 6, 2)), records(5, 6).iterator());
    slices.add("old owner", List.of(range(ONE, 3, 5, 3)), records(3, 4, 5).iterator());
    Map<ShardId, ShardMark> marks = Map.of(ONE, ShardMark.at(ONE.shard(), mark(2, 0)));

    assertThat(read(ONE, marks)).containsExactly(3L, 4L, 5L, 6L);
  }

  @Test
  void partsOfAnAggregateAreToldApart() {
    List<ReceivedRecord> parts = List.of(record(1, 0), record(1, 1), record(1, 2));
    slices.add("block-1", List.of(range(ONE, 1, 1, 3)), parts.iterator());
    Map<ShardId, ShardMark> marks = Map.of(ONE, ShardMark.at(ONE.shard(), mark(1, 1)));

    ShardSlice slice = slice(ONE, marks);

    assertThat(sequenceNumbers(slice)).containsExactly(1L);
    assertThat(slice.end().reached()).isEqualTo(ShardMark.at(ONE.shard(), mark(1, 2)));
  }

  @Test
  void aShardThatOnlyHadDuplicatesStaysWhereItWas() {
    slices.add("block-1", List.of(range(ONE, 1, 2, 2)), records(1, 2).iterator());
    ShardMark committed = ShardMark.at(ONE.shard(), mark(9, 0));

    ShardSlice slice = slice(ONE, Map.of(ONE, committed));

    assertThat(sequenceNumbers(slice)).isEmpty();
    assertThat(slice.end().reached()).isEqualTo(committed);
    assertThat(slice.end().range()).isEmpty();
    assertThat(slice.end().duplicates()).isEqualTo(2);
  }

  /** As after Spark's recovery of a block whose range ends with an aggregate. */
  @Test
  void aBlockWithFewerRecordsThanItsRangesFailsTheInterval() {
    assertThatThrownBy(
            () -> slices.add("block-1", List.of(range(ONE, 1, 3, 5)), records(1, 2, 3).iterator()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("block block-1 holds 3 records of")
        .hasMessageContaining("instead of 5");
  }

  @Test
  void aBlockWithMoreRecordsThanItsRangesFailsTheInterval() {
    assertThatThrownBy(
            () -> slices.add("block-1", List.of(range(ONE, 1, 2, 2)), records(1, 2, 3).iterator()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("block block-1 holds more records than its ranges");
  }

  @Test
  void aBlockWhoseRecordsAreNotThoseOfItsRangesFailsTheInterval() {
    assertThatThrownBy(
            () -> slices.add("block-1", List.of(range(ONE, 1, 3, 2)), records(1, 2).iterator()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("block block-1 holds 2 where");
  }

  @Test
  void aRecordThatCouldNotBeTakenOverFailsTheInterval() {
    ReceivedRecord broken = new RecordHandler().apply(null);

    assertThatThrownBy(
            () -> slices.add("block-1", List.of(range(ONE, 1, 1, 1)), List.of(broken).iterator()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("could not be taken over: java.lang.NullPointerException");
  }

  private List<Long> read(ShardId id, Map<ShardId, ShardMark> marks) {
    return sequenceNumbers(slice(id, marks));
  }

  private ShardSlice slice(ShardId id, Map<ShardId, ShardMark> marks) {
    return slices.slices(marks, Clock.fixed(NOON, ZoneOffset.UTC)).stream()
        .filter(slice -> slice.shard().equals(id.shard()) && slice.stream().equals(id.stream()))
        .findFirst()
        .orElseThrow();
  }

  private static List<Long> sequenceNumbers(ShardSlice slice) {
    List<SourceRecord> taken = new ArrayList<>();
    slice.records().forEachRemaining(taken::add);
    taken.forEach(
        record ->
            assertThat(new String(record.bytes(), UTF_8)).isEqualTo("data of " + record.mark()));
    return taken.stream().map(record -> record.mark().sequenceNumber().longValue()).toList();
  }

  private static List<ReceivedRecord> records(long... sequenceNumbers) {
    return LongStream.of(sequenceNumbers).mapToObj(number -> record(number, 0)).toList();
  }

  private static ReceivedRecord record(long sequenceNumber, long subSequenceNumber) {
    return new ReceivedRecord(
        "key",
        Long.toString(sequenceNumber),
        subSequenceNumber,
        NOON.minusSeconds(10).toEpochMilli(),
        ("data of " + mark(sequenceNumber, subSequenceNumber)).getBytes(UTF_8),
        null);
  }

  private static Mark mark(long sequenceNumber, long subSequenceNumber) {
    return new Mark(BigInteger.valueOf(sequenceNumber), subSequenceNumber);
  }

  private static SequenceNumberRange range(ShardId id, long from, long to, int records) {
    return new SequenceNumberRange(
        id.stream(), id.shard(), Long.toString(from), Long.toString(to), records);
  }
}
