package io.sluice.writer;

import io.sluice.common.aws.AwsSettings;
import io.sluice.common.config.ConfigFile;
import io.sluice.common.config.Settings;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.writer.encode.TableMapping;
import io.sluice.writer.source.SourceConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The settings of a writer.
 *
 * @param application the name of this writer in manifests and in Spark
 * @param interval the batch interval
 * @param batchFolder where it lands
 * @param queueUrl the SQS queue that the loader reads
 * @param fileBytes compressed bytes at which a data file is finished
 * @param commitPatience how long a commit is tried through S3's failures before the run ends
 * @param shutdownGrace how long a stop waits for the interval in hand
 */
public record WriterConfig(
    String application,
    Duration interval,
    BatchFolder batchFolder,
    String queueUrl,
    AwsSettings aws,
    SourceConfig source,
    TableMapping table,
    long fileBytes,
    Duration commitPatience,
    Duration shutdownGrace) {
  /**
   * Reads the section {@code writer} of a file; throws ConfigException with every problem in it.
   */
  public static WriterConfig read(Path file) {
    return ConfigFile.read(file, "writer", WriterConfig::read);
  }

  static WriterConfig read(Settings settings) {
    String application = settings.string("application");
    Duration interval = settings.duration("interval", Duration.ofSeconds(10));
    if (interval != null && interval.toMillis() < 100) {
      settings.problem("interval", interval.toMillis() + "ms", "must be at least 100ms");
    }
    BatchFolder batchFolder = settings.parsed("batch-folder", BatchFolder::parse);
    String queueUrl = settings.string("queue.url");
    AwsSettings aws = settings.section("aws", AwsSettings::read);
    SourceConfig source = settings.section("source", SourceConfig::read);
    List<TableMapping> tables = settings.sections("tables", TableMapping::read);
    if (tables.size() > 1) {
      settings.problem(
          "tables", tables.size() + " entries", "a writer fills one table: run one writer a table");
    }
    long fileBytes = settings.bytes("files.target-size", 16L << 20);
    if (fileBytes > 256L << 20) {
      settings.problem(
          "files.target-size",
          fileBytes,
          "must be at most 256MiB, for a task holds a file in memory");
    }
    Duration commitPatience = settings.duration("commit.patience", Duration.ofMinutes(2));
    if (commitPatience != null && commitPatience.toMillis() < 1000) {
      settings.problem("commit.patience", commitPatience.toMillis() + "ms", "must be at least 1s");
    }
    Duration shutdownGrace = settings.duration("shutdown.grace", Duration.ofSeconds(60));
    return settings.valid(
        () ->
            new WriterConfig(
                application,
                interval,
                batchFolder,
                queueUrl,
                aws,
                source,
                tables.get(0),
                fileBytes,
                commitPatience,
                shutdownGrace));
  }
}
