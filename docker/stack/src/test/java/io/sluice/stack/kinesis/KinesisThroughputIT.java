package io.sluice.stack.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amazonaws.auth.AWSStaticCredentialsProvider;
import com.amazonaws.auth.BasicAWSCredentials;
import com.amazonaws.client.builder.AwsClientBuilder.EndpointConfiguration;
import com.amazonaws.services.kinesis.AmazonKinesis;
import com.amazonaws.services.kinesis.AmazonKinesisClientBuilder;
import com.amazonaws.services.kinesis.model.GetRecordsRequest;
import com.amazonaws.services.kinesis.model.PutRecordsRequest;
import com.amazonaws.services.kinesis.model.PutRecordsRequestEntry;
import io.sluice.stack.process.StackProcess;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The built stack as a process with a small heap, and far more records than fit into it. {@code
 * -Dkinesis.benchmark=true} puts for half a minute instead of 150 MB and prints how fast.
 */
@Timeout(180)
class KinesisThroughputIT {
  private static final String STREAM = "quakes";
  private static final int SHARDS = 4;
  private static final int PRODUCERS = 3;
  private static final int BATCH = 500;
  private static final int RECORD_BYTES = 500;

  @TempDir private Path folder;

  @Test
  void takesMoreThanItsHeapAndLivesOn() throws Exception {
    try (StackProcess stack = start()) {
      AmazonKinesis kinesis = client(stack);
      createStream(kinesis);

      long put = put(kinesis, 200);

      assertThat(put).isEqualTo(200L * PRODUCERS * BATCH);
      assertThat(kept(kinesis)).isBetween(10_000L, 64L * (1 << 20) / RECORD_BYTES);
      assertThat(stack.process().logTail(50))
          .contains("the oldest go before their retention ends")
          .doesNotContain("OutOfMemoryError");
      kinesis.shutdown();
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "kinesis.benchmark", matches = "true")
  void benchmark() throws Exception {
    try (StackProcess stack = start()) {
      AmazonKinesis kinesis = client(stack);
      createStream(kinesis);
      put(kinesis, 200);
      Duration serverBefore = cpu(stack.process().pid());
      Duration clientBefore = cpu(ProcessHandle.current().pid());
      long begun = System.nanoTime();

      long put = put(kinesis, 1_000);

      double seconds = (System.nanoTime() - begun) / 1e9;
      double server = cpu(stack.process().pid()).minus(serverBefore).toMillis() / 1e3;
      double client = cpu(ProcessHandle.current().pid()).minus(clientBefore).toMillis() / 1e3;
      System.err.printf(
          "%d records of %d bytes in %.1f s: %.0f records/s; CPU: server %.1f s, which is %.0f"
              + " records/s of one core, clients %.1f s%n%s%n",
          put, RECORD_BYTES, seconds, put / seconds, server, put / server, client, heap(stack));
      kinesis.shutdown();
    }
  }

  private StackProcess start() {
    return StackProcess.start(
        StackProcess.builtJar(), folder, List.of("-Xmx256m"), List.of("--kinesis-memory", "64m"));
  }

  private static AmazonKinesis client(StackProcess stack) {
    return AmazonKinesisClientBuilder.standard()
        .withEndpointConfiguration(
            new EndpointConfiguration(
                stack.endpoints().kinesis().toString(), stack.endpoints().region()))
        .withCredentials(new AWSStaticCredentialsProvider(new BasicAWSCredentials("any", "thing")))
        .build();
  }

  private static void createStream(AmazonKinesis kinesis) {
    kinesis.createStream(STREAM, SHARDS);
    await()
        .until(
            () ->
                kinesis
                    .describeStream(STREAM)
                    .getStreamDescription()
                    .getStreamStatus()
                    .equals("ACTIVE"));
  }

  /** Puts so many batches by each of the producers. */
  private static long put(AmazonKinesis kinesis, int batches) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(PRODUCERS);
    try {
      List<Callable<Long>> producers = new ArrayList<>();
      for (int i = 0; i < PRODUCERS; i++) {
        PutRecordsRequest request = request(new Random(i));
        producers.add(() -> put(kinesis, request, batches));
      }
      long sum = 0;
      for (Future<Long> put : executor.invokeAll(producers)) {
        sum += put.get();
      }
      return sum;
    } finally {
      executor.shutdownNow();
    }
  }

  private static long put(AmazonKinesis kinesis, PutRecordsRequest request, int batches) {
    long put = 0;
    for (int i = 0; i < batches; i++) {
      put += BATCH - kinesis.putRecords(request).getFailedRecordCount();
    }
    return put;
  }

  private static PutRecordsRequest request(Random random) {
    List<PutRecordsRequestEntry> entries = new ArrayList<>(BATCH);
    for (int i = 0; i < BATCH; i++) {
      byte[] data = new byte[RECORD_BYTES];
      random.nextBytes(data);
      entries.add(
          new PutRecordsRequestEntry()
              .withPartitionKey("key-" + random.nextInt(100_000))
              .withData(ByteBuffer.wrap(data)));
    }
    return new PutRecordsRequest().withStreamName(STREAM).withRecords(entries);
  }

  private static long kept(AmazonKinesis kinesis) {
    long kept = 0;
    for (int shard = 0; shard < SHARDS; shard++) {
      String iterator =
          kinesis
              .getShardIterator(STREAM, "shardId-%012d".formatted(shard), "TRIM_HORIZON")
              .getShardIterator();
      int read;
      do {
        var result = kinesis.getRecords(new GetRecordsRequest().withShardIterator(iterator));
        read = result.getRecords().size();
        iterator = result.getNextShardIterator();
        kept += read;
      } while (read > 0);
    }
    return kept;
  }

  private static Duration cpu(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().totalCpuDuration())
        .orElseThrow();
  }

  private static String heap(StackProcess stack) throws Exception {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    String pid = String.valueOf(stack.process().pid());
    Process collect = new ProcessBuilder(jcmd, pid, "GC.run").start();
    collect.waitFor();
    Process info = new ProcessBuilder(jcmd, pid, "GC.heap_info").start();
    return new String(
        info.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
  }
}
