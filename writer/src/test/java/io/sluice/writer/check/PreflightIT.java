package io.sluice.writer.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.kinesis.AmazonKinesis;
import com.amazonaws.services.kinesis.AmazonKinesisClientBuilder;
import com.amazonaws.services.kinesis.model.DescribeStreamSummaryRequest;
import com.amazonaws.services.s3.AmazonS3;
import com.amazonaws.services.sqs.AmazonSQS;
import io.sluice.common.aws.AwsSettings.Service;
import io.sluice.common.aws.RunningStack;
import io.sluice.common.config.ConfigFile;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.ManifestLog;
import io.sluice.common.store.InMemoryObjectStore;
import io.sluice.common.store.ObjectStore;
import io.sluice.common.store.S3ObjectStore;
import io.sluice.writer.check.Finding.Level;
import io.sluice.writer.source.Source;
import io.sluice.writer.source.SourceConfig;
import io.sluice.writer.source.direct.DirectSource;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightIT {
  @TempDir private static Path folder;

  private static RunningStack stack;
  private static AmazonS3 s3;
  private static AmazonSQS sqs;
  private static AmazonKinesis kinesis;

  private final String name = "check-" + UUID.randomUUID();

  @BeforeAll
  static void start() {
    stack = RunningStack.start(folder);
    s3 = stack.clients().s3();
    sqs = stack.clients().sqs();
    kinesis =
        stack.clients().configure(AmazonKinesisClientBuilder.standard(), Service.KINESIS).build();
    s3.createBucket("checked");
  }

  @AfterAll
  static void stop() {
    s3.shutdown();
    sqs.shutdown();
    kinesis.shutdown();
    stack.close();
  }

  @Test
  void findsEverythingRightAgainAndAgainAndTakesNothingOver() {
    createStream();
    String queue = sqs.createQueue(name).getQueueUrl();

    List<Finding> first = check("checked", name, queue);
    List<Finding> second = check("checked", name, queue);

    assertThat(first).extracting(Finding::level).containsOnly(Level.OK);
    assertThat(second).extracting(Finding::level).containsOnly(Level.OK);
    assertThat(first)
        .extracting(Finding::what)
        .containsExactly("bucket", "manifest log", "stream", "queue");
    assertThat(s3.listObjectsV2("checked", name).getObjectSummaries())
        .extracting(object -> object.getKey())
        .containsExactly(name + "/_check");
  }

  @Test
  void namesWhatIsMissing() {
    List<Finding> findings = check("checked", "nothing-here", stack.endpoints().sqs() + "/none");

    assertThat(findings)
        .filteredOn(finding -> finding.level() == Level.FAIL)
        .extracting(Finding::toString)
        .hasSize(2)
        .anyMatch(
            line ->
                line.startsWith("fail  stream") && line.contains("there is no stream nothing-here"))
        .anyMatch(line -> line.startsWith("fail  queue") && line.contains("does not exist"));
  }

  @Test
  void aMissingBucketIsNamedAndNothingBehindItIsAsked() {
    List<Finding> findings = check("no-such-bucket", name, stack.endpoints().sqs() + "/none");

    assertThat(findings).extracting(Finding::what).containsExactly("bucket", "queue");
    assertThat(findings.get(0).toString()).startsWith("fail  bucket").contains("no-such-bucket");
  }

  @Test
  void aStoreThatReplacesWhatItShouldRefuseIsNoPlaceForALog() {
    InMemoryObjectStore careless = new InMemoryObjectStore();
    careless.ignoreConditions();
    BatchFolder batches = new BatchFolder("checked", name);

    List<Finding> findings = check(batches, careless, name, stack.endpoints().sqs() + "/none");

    assertThat(findings.get(0).toString())
        .startsWith("fail  bucket")
        .contains("PUT with If-None-Match replaced an object");
  }

  private List<Finding> check(String bucket, String stream, String queue) {
    return check(new BatchFolder(bucket, name), new S3ObjectStore(s3, bucket), stream, queue);
  }

  private static List<Finding> check(
      BatchFolder batches, ObjectStore store, String stream, String queue) {
    SourceConfig config =
        ConfigFile.parse(
            "source { stream = " + stream + " }", "test", "source", SourceConfig::read);
    try (Source source = new DirectSource(config, stack.settings(), Clock.systemUTC())) {
      return new Preflight(
              batches,
              store,
              new ManifestLog(store, batches, Duration.ofSeconds(5)),
              source,
              sqs,
              queue)
          .run();
    }
  }

  private void createStream() {
    kinesis.createStream(name, 1);
    Awaitility.await()
        .until(
            () ->
                kinesis
                    .describeStreamSummary(new DescribeStreamSummaryRequest().withStreamName(name))
                    .getStreamDescriptionSummary()
                    .getStreamStatus()
                    .equals("ACTIVE"));
  }
}
