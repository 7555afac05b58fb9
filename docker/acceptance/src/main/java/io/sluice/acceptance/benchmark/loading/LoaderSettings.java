package io.sluice.acceptance.benchmark.loading;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import io.sluice.stack.process.StackEndpoints;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The settings of a loader; what is not here has its default.
 *
 * @param more settings in HOCON
 */
record LoaderSettings(String queueUrl, BatchFolder folder, List<TableName> tables, String more) {
  /** Where the ledger is by default. */
  static final String LEDGER_SCHEMA = "sluice";

  LoaderSettings {
    tables = List.copyOf(tables);
  }

  /** As a file in HOCON. */
  String text(StackEndpoints stack) {
    StackEndpoints.Redshift warehouse = stack.redshift().orElseThrow();
    return """
        loader {
          queue.url = "%s"
          batch-folders = ["%s"]
          aws {
            region = "%s"
            s3 { endpoint = "%s", path-style = true }
            sqs.endpoint = "%s"
          }
          warehouse { url = "%s", user = "%s", password = "%s", iam-role = default }
          %s
          health.port = 0
          tables = [%s]
        }
        """
        .formatted(
            queueUrl,
            folder,
            stack.region(),
            stack.s3(),
            stack.sqs(),
            warehouse.url(),
            warehouse.user(),
            warehouse.password(),
            more,
            tables.stream()
                .map(table -> "{ name = \"" + table + "\" }")
                .collect(Collectors.joining(", ")));
  }
}
