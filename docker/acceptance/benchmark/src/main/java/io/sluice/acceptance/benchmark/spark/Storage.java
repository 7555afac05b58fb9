package io.sluice.acceptance.benchmark.spark;

import com.amazonaws.auth.AWSStaticCredentialsProvider;
import com.amazonaws.auth.BasicAWSCredentials;
import com.amazonaws.client.builder.AwsClientBuilder.EndpointConfiguration;
import com.amazonaws.services.sqs.AmazonSQS;
import com.amazonaws.services.sqs.AmazonSQSClientBuilder;
import io.sluice.acceptance.benchmark.ProcessTime;
import io.sluice.acceptance.benchmark.S3Requests;
import io.sluice.stack.process.StackEndpoints;
import io.sluice.stack.process.StackProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.RemoteIterator;

/** A bucket of an S3 in a process of its own, without fronts, as slow as asked for. */
final class Storage implements AutoCloseable {
  private static final int OK = 200;

  private final StackProcess stack;
  private final String bucket;
  private final Configuration hadoop;
  private final String queueUrl;
  private final S3Requests requests;

  private Storage(StackProcess stack, String bucket, Configuration hadoop) {
    this.stack = stack;
    this.bucket = bucket;
    this.hadoop = hadoop;
    this.requests = new S3Requests(stack.endpoints());
    this.queueUrl = createQueue(stack.endpoints(), bucket);
  }

  /**
   * What is below a prefix.
   *
   * @param objects those with content: markers and {@code _SUCCESS} are no data
   */
  record Landed(long objects, long bytes) {
    /** Both together. */
    Landed and(Landed other) {
      return new Landed(objects + other.objects, bytes + other.bytes);
    }
  }

  /**
   * Starts S3 and makes the bucket.
   *
   * @param bucket unique among the storages of this JVM, which S3A tells apart by it
   * @param latency how long each request waits, zero for none
   * @param hadoop the configuration of the running Spark, which learns of the bucket
   */
  static Storage start(Path jar, Path logs, String bucket, Duration latency, Configuration hadoop)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--no-faults"));
    if (!latency.isZero()) {
      arguments.add("--s3-latency=" + latency.toMillis() + "ms");
    }
    Path folder = Files.createDirectories(logs.resolve(bucket));
    StackProcess stack =
        StackProcess.start(jar, folder, List.of("-XX:+UseParallelGC", "-Xmx3g"), arguments);
    try {
      Storage storage = new Storage(stack, bucket, hadoop);
      storage.introduce();
      storage.createBucket();
      return storage;
    } catch (IOException | RuntimeException e) {
      stack.close();
      throw e;
    }
  }

  String bucket() {
    return bucket;
  }

  String uri() {
    return "s3a://" + bucket;
  }

  StackEndpoints endpoints() {
    return stack.endpoints();
  }

  /** A queue that is told of batches, and that nobody reads. */
  String queueUrl() {
    return queueUrl;
  }

  /** All requests so far, by operation. */
  Map<String, Long> requests() {
    return requests.settled();
  }

  /** The CPU seconds of the S3 process so far. */
  double cpuSeconds() {
    return ProcessTime.secondsOf(stack.process().pid());
  }

  /** What was landed below a prefix. */
  Landed landed(String prefix) throws IOException {
    long objects = 0;
    long bytes = 0;
    var path = new org.apache.hadoop.fs.Path(uri() + "/" + prefix);
    var files = path.getFileSystem(hadoop);
    if (!files.exists(path)) {
      return new Landed(0, 0);
    }
    RemoteIterator<LocatedFileStatus> all = files.listFiles(path, true);
    while (all.hasNext()) {
      long length = all.next().getLen();
      objects += length > 0 ? 1 : 0;
      bytes += length;
    }
    return new Landed(objects, bytes);
  }

  /** Removes everything below a prefix. */
  void delete(String prefix) throws IOException {
    var path = new org.apache.hadoop.fs.Path(uri() + "/" + prefix);
    path.getFileSystem(hadoop).delete(path, true);
  }

  @Override
  public void close() {
    stack.close();
  }

  /** Tells S3A of the bucket; all else is left as S3A has it by itself. */
  private void introduce() {
    StackEndpoints endpoints = stack.endpoints();
    String of = "fs.s3a.bucket." + bucket + ".";
    hadoop.set(of + "endpoint", endpoints.s3().toString());
    hadoop.set(of + "endpoint.region", endpoints.region());
    hadoop.set(of + "path.style.access", "true");
    hadoop.set(of + "connection.ssl.enabled", "false");
    hadoop.set(of + "access.key", endpoints.accessKey());
    hadoop.set(of + "secret.key", endpoints.secretKey());
  }

  private static String createQueue(StackEndpoints endpoints, String name) {
    AmazonSQS sqs =
        AmazonSQSClientBuilder.standard()
            .withEndpointConfiguration(
                new EndpointConfiguration(endpoints.sqs().toString(), endpoints.region()))
            .withCredentials(
                new AWSStaticCredentialsProvider(
                    new BasicAWSCredentials(endpoints.accessKey(), endpoints.secretKey())))
            .build();
    try {
      return sqs.createQueue(name).getQueueUrl();
    } finally {
      sqs.shutdown();
    }
  }

  private void createBucket() throws IOException {
    HttpRequest put =
        HttpRequest.newBuilder(URI.create(stack.endpoints().s3() + "/" + bucket))
            .PUT(BodyPublishers.noBody())
            .build();
    try {
      int status = HttpClient.newHttpClient().send(put, BodyHandlers.discarding()).statusCode();
      if (status != OK) {
        throw new IOException("S3 refuses the bucket " + bucket + " with " + status);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while making the bucket " + bucket, e);
    }
  }
}
