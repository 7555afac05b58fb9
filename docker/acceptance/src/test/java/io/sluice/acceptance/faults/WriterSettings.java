package io.sluice.acceptance.faults;

import static java.util.stream.Collectors.joining;

import io.sluice.acceptance.proof.ShardOrder;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.stack.process.StackEndpoints;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The settings of one run of the writer. Between runs everything may change that users change: the
 * interval, the size of files, the limits, the columns of the table.
 *
 * @param fileBytes compressed bytes at which a data file is finished
 * @param recordsAShard the most records that an interval takes of a shard
 * @param withExtra whether the table's last column is filled
 */
record WriterSettings(
    SourceType source, Duration interval, long fileBytes, int recordsAShard, boolean withExtra) {
  /** Where records come from. */
  enum SourceType {
    DIRECT(ShardOrder.PARENTS_FIRST),
    RECEIVER(ShardOrder.AS_RECEIVED);

    private final ShardOrder order;

    SourceType(ShardOrder order) {
      this.order = order;
    }

    /** What it promises of its shards. */
    ShardOrder order() {
      return order;
    }
  }

  /** Where a writer reads and lands. */
  record Places(StackEndpoints endpoints, String stream, BatchFolder folder, String queueUrl) {}

  /** Settings that suit every test. */
  static WriterSettings usual(SourceType source) {
    return new WriterSettings(source, Duration.ofMillis(500), 16 << 20, 5_000, true);
  }

  /** Other ones. */
  static WriterSettings random(SourceType source, Random random) {
    return new WriterSettings(
        source,
        Duration.ofMillis(300 + 100L * random.nextInt(8)),
        (64L << 10) << (2 * random.nextInt(4)),
        1_000 << random.nextInt(4),
        random.nextBoolean());
  }

  /** The file that the writer reads. */
  String hocon(Places places) {
    StackEndpoints endpoints = places.endpoints();
    return Stream.of(
            "application = faults",
            "interval = " + interval.toMillis() + "ms",
            "batch-folder = \"" + places.folder() + "\"",
            "queue.url = \"" + places.queueUrl() + "\"",
            "source { stream = " + places.stream() + ", initial-position = trim-horizon }",
            "source.limits.max-records = " + recordsAShard,
            receiver(endpoints),
            "files.target-size = " + fileBytes + "B",
            "commit.patience = 20s",
            "aws.region = " + endpoints.region(),
            "aws.s3 { endpoint = \"" + endpoints.s3() + "\", path-style = true }",
            "aws.sqs.endpoint = \"" + endpoints.sqs() + "\"",
            "aws.kinesis.endpoint = \"" + endpoints.kinesis() + "\"",
            "tables = [{ name = events, columns = [",
            "  { name = id, type = bigint, required = true }",
            "  { name = note, type = varchar(24) }",
            withExtra ? "  { name = extra, type = integer }" : "",
            "] }]")
        .collect(joining("\n  ", "writer {\n  ", "\n}\n"));
  }

  private String receiver(StackEndpoints endpoints) {
    return switch (source) {
      case DIRECT -> "";
      case RECEIVER ->
          """
          source { type = receiver, receiver.receivers = 1 }
            aws.dynamodb.endpoint = "%s\""""
              .formatted(endpoints.dynamodb());
    };
  }
}
