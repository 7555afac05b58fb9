package io.sluice.common.manifest;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Manifests for tests. */
public final class Manifests {
  public static final Instant BATCH_TIME = Instant.parse("2026-11-22T05:12:30Z");
  public static final TableName ORDERS = TableName.parse("shop.orders");

  private static final BigInteger FIRST =
      new BigInteger("49590338271490256608559692538361571095921575989136588898");
  private static final String SHARD = "shardId-000000000000";

  private Manifests() {}

  /** A batch interval with two files of one table and one file of rejects. */
  public static Manifest batch(long number, String attempt) {
    Batch orders =
        new Batch(
            ORDERS,
            List.of(new Column("id", "bigint"), new Column("note", "varchar(64)")),
            FileFormat.csvZstd(),
            List.of(file(0, 700), file(1, 299)),
            BATCH_TIME.minusMillis(2500),
            BATCH_TIME.minusMillis(12));
    DataFile rejected =
        new DataFile(
            BatchFolder.rejectFile(BATCH_TIME, 0, attempt, "jsonl.zst"),
            1,
            93,
            120,
            "crc32c:0000002a");
    return manifest(
        number,
        Manifest.Kind.BATCH,
        attempt,
        List.of(orders),
        new Rejects(List.of(rejected), Map.of("not-json", 1L)));
  }

  /** A takeover. */
  public static Manifest takeover(long number, String attempt) {
    return manifest(number, Manifest.Kind.TAKEOVER, attempt, List.of(), Rejects.none());
  }

  private static DataFile file(int part, long rows) {
    return new DataFile(
        BatchFolder.dataFile(BATCH_TIME, ORDERS, part, "a1b2c3", "csv.zst"),
        rows,
        rows * 31,
        rows * 97,
        "crc32c:e3069283");
  }

  private static Manifest manifest(
      long number, Manifest.Kind kind, String attempt, List<Batch> batches, Rejects rejects) {
    Mark from = new Mark(FIRST, 0);
    Mark to = new Mark(FIRST.add(BigInteger.valueOf(999)), 0);
    SourceProgress source =
        new SourceProgress(
            "clicks",
            "arn:aws:kinesis:eu-central-1:123456789012:stream/clicks",
            Instant.parse("2026-01-02T03:04:05Z"),
            StartPosition.at(Instant.parse("2026-11-01T00:00:00Z")),
            batches.isEmpty() ? List.of() : List.of(new ShardRange(SHARD, from, to, 1000)),
            List.of(ShardMark.at(SHARD, to), ShardMark.unread("shardId-000000000001").asEnded()));
    return new Manifest(
        number,
        kind,
        new WriterRun("orders", "host-1/4711", attempt),
        BATCH_TIME,
        Duration.ofSeconds(10),
        List.of(source),
        batches,
        rejects,
        BATCH_TIME.plusMillis(1234));
  }
}
