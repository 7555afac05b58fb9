package io.sluice.writer;

import com.amazonaws.services.s3.AmazonS3;
import io.sluice.common.aws.AwsSettings;
import io.sluice.common.config.Settings;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.ManifestLog;
import io.sluice.common.store.S3ObjectStore;
import io.sluice.writer.file.FileSettings;
import java.io.Serializable;
import java.time.Duration;

/**
 * Where and how batches are landed, whatever they come from.
 *
 * @param application the name of this writer in manifests and in Spark
 * @param batchFolder where it lands
 * @param queueUrl the SQS queue that the loader reads
 * @param files how data files are made
 * @param commitPatience how long a commit is tried through S3's failures before the run ends
 */
record LandingConfig(
    String application,
    BatchFolder batchFolder,
    String queueUrl,
    AwsSettings aws,
    FileSettings files,
    Duration commitPatience)
    implements Serializable {
  private static final long MIN_PATIENCE_MILLIS = 1000;

  /** Reads {@code application, batch-folder, queue.url, aws, files, commit.patience}. */
  static LandingConfig read(Settings settings) {
    String application = settings.string("application");
    BatchFolder batchFolder = settings.parsed("batch-folder", BatchFolder::parse);
    String queueUrl = settings.string("queue.url");
    AwsSettings aws = settings.section("aws", AwsSettings::read);
    FileSettings files = settings.section("files", FileSettings::read);
    Duration patience = settings.duration("commit.patience", Duration.ofMinutes(2));
    if (patience != null && patience.toMillis() < MIN_PATIENCE_MILLIS) {
      settings.problem("commit.patience", patience.toMillis() + "ms", "must be at least 1s");
    }
    return settings.valid(
        () -> new LandingConfig(application, batchFolder, queueUrl, aws, files, patience));
  }

  /** The folder's manifest log, by a client that the caller closes. */
  ManifestLog manifests(AmazonS3 s3) {
    return new ManifestLog(
        new S3ObjectStore(s3, batchFolder.bucket()), batchFolder, commitPatience);
  }
}
