package io.sluice.acceptance.benchmark.endtoend;

import io.sluice.acceptance.benchmark.EventColumn;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.stack.process.StackEndpoints;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The settings of a writer of events.
 *
 * @param maxRecords of one shard in one interval
 * @param paced whether a shard is read at the pace that Kinesis would allow; the stand-in allows
 *     more
 */
record WriterSettings(
    SourceKind source,
    String stream,
    Duration interval,
    int maxRecords,
    boolean paced,
    BatchFolder folder,
    String queueUrl) {
  /** As a file in HOCON. */
  String text(StackEndpoints stack) {
    return """
        writer {
          application = "%s"
          interval = %dms
          batch-folder = "%s"
          queue.url = "%s"
          source {
            stream = "%s"
            initial-position = trim-horizon
            limits.max-records = %d
        %s
        %s
          }
          aws {
            region = "%s"
            s3 { endpoint = "%s", path-style = true }
            sqs.endpoint = "%s"
            kinesis.endpoint = "%s"
        %s
          }
          tables = [{
            name = events
            columns = [
        %s
            ]
          }]
        }
        """
        .formatted(
            folder.prefix(),
            interval.toMillis(),
            folder,
            queueUrl,
            stream,
            maxRecords,
            paced ? "" : "    pace { calls = 1000, bytes = 1GiB }",
            source == SourceKind.RECEIVER ? "    type = receiver" : "",
            stack.region(),
            stack.s3(),
            stack.sqs(),
            stack.kinesis(),
            source == SourceKind.RECEIVER
                ? "    dynamodb.endpoint = \"" + stack.dynamodb() + "\""
                : "",
            columns());
  }

  private static String columns() {
    return Arrays.stream(EventColumn.values())
        .map(
            column ->
                "      { name = %s, type = \"%s\"%s }"
                    .formatted(
                        column.label(),
                        column.redshiftType(),
                        column.isEpochMillis() ? ", time-form = epoch-ms" : ""))
        .collect(Collectors.joining("\n"));
  }
}
