package io.sluice.loader.operate.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.Mark;
import io.sluice.common.manifest.Rejects;
import io.sluice.common.manifest.ShardMark;
import io.sluice.common.manifest.ShardRange;
import io.sluice.common.manifest.SourceProgress;
import io.sluice.common.manifest.StartPosition;
import io.sluice.common.manifest.WriterRun;
import io.sluice.loader.operate.reconcile.Difference.Kind;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShardContinuityTest {
  private static final Instant TIME = Instant.parse("2026-11-22T06:00:00Z");

  private final List<Difference> told = new ArrayList<>();
  private final ShardContinuity shards = new ShardContinuity(told::add);
  private long number;

  @Test
  void followsRangesThatJoin() {
    shards.follow(manifest("first", List.of(range("a", 1, 9)), at("a", 9)));
    shards.follow(manifest("first", List.of(), at("a", 9)));
    shards.follow(takeover("second", at("a", 9)));
    shards.follow(
        manifest("second", List.of(range("a", 10, 12), range("b", 5, 5)), at("a", 12), at("b", 5)));
    shards.follow(manifest("second", List.of(range("b", 6, 8)), at("b", 8)));

    assertThat(told).isEmpty();
  }

  @Test
  void findsRecordsThatAreTakenTwice() {
    shards.follow(manifest("w", List.of(range("a", 1, 9)), at("a", 9)));
    shards.follow(manifest("w", List.of(range("a", 9, 12)), at("a", 12)));

    assertThat(told).extracting(Difference::kind).containsExactly(Kind.MARKS);
    assertThat(told.get(0).what())
        .isEqualTo("manifest 2: it takes s/a from 9/0, though 9/0 was taken before");
  }

  @Test
  void findsAMarkThatMovedWithoutRecords() {
    shards.follow(manifest("w", List.of(range("a", 1, 9)), at("a", 9)));
    shards.follow(manifest("w", List.of(), at("a", 20)));

    assertThat(told.get(0).what()).contains("moved from 9/0 to 20/0 without a range");
  }

  @Test
  void findsARangeThatDoesNotEndAtItsMark() {
    shards.follow(manifest("w", List.of(range("a", 1, 9)), at("a", 8)));

    assertThat(told.get(0).what()).contains("takes s/a to 9/0 and marks 8/0");
  }

  @Test
  void findsAWriterThatWasTakenOverFrom() {
    shards.follow(takeover("second", at("a", 9)));
    shards.follow(manifest("first", List.of(), at("a", 9)));

    assertThat(told).extracting(Difference::kind).containsExactly(Kind.FENCED_WRITER);
  }

  @Test
  void expectsNothingBehindAGap() {
    shards.follow(manifest("w", List.of(range("a", 1, 9)), at("a", 9)));
    shards.lost();
    shards.follow(manifest("w", List.of(range("a", 40, 49)), at("a", 49)));

    assertThat(told).isEmpty();
  }

  private Manifest takeover(String attempt, ShardMark... marks) {
    return manifest(Manifest.Kind.TAKEOVER, attempt, List.of(), marks);
  }

  private Manifest manifest(String attempt, List<ShardRange> ranges, ShardMark... marks) {
    return manifest(Manifest.Kind.BATCH, attempt, ranges, marks);
  }

  private Manifest manifest(
      Manifest.Kind kind, String attempt, List<ShardRange> ranges, ShardMark... marks) {
    return new Manifest(
        ++number,
        kind,
        new WriterRun("test", "host:1", attempt),
        TIME.plusSeconds(number),
        Duration.ofSeconds(1),
        List.of(
            new SourceProgress(
                "s", "arn", TIME, StartPosition.trimHorizon(), ranges, List.of(marks))),
        List.of(),
        Rejects.none(),
        TIME.plusSeconds(number));
  }

  private static ShardRange range(String shard, long from, long to) {
    return new ShardRange(shard, mark(from), mark(to), to - from + 1);
  }

  private static ShardMark at(String shard, long number) {
    return ShardMark.at(shard, mark(number));
  }

  private static Mark mark(long number) {
    return new Mark(BigInteger.valueOf(number), 0);
  }
}
