package com.example;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.s3.AmazonS3;
import io.sluice.common.aws.RunningStack;
import io.sluice.common.manifest.Batch;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.DataFile;
import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.ManifestLog;
import io.sluice.common.store.S3ObjectStore;
import io.sluice.stack.process.ChildProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples by the real spark-submit, as README has it. */
class ExampleIT {
  private static final Duration SOON = Duration.ofMinutes(2);

  @TempDir private static Path folder;

  private static RunningStack stack;
  private static AmazonS3 s3;

  @BeforeAll
  static void start() {
    stack = RunningStack.start(folder);
    s3 = stack.clients().s3();
    s3.createBucket("examples");
  }

  @AfterAll
  static void stop() {
    s3.shutdown();
    stack.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PageViewsApp", "PageViewsScalaApp"})
  void landsWhatItCounts(String application) throws IOException {
    BatchFolder batches = new BatchFolder("examples", application);
    S3ObjectStore store = new S3ObjectStore(s3, "examples");
    ManifestLog log = new ManifestLog(store, batches, Duration.ofSeconds(10));

    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ChildProcess app = submit(application, batches, server.getLocalPort());
        Socket socket = server.accept();
        OutputStream lines = socket.getOutputStream()) {
      lines.write("ann /home\nbob /home\nann /shop\n".getBytes(UTF_8));
      lines.flush();

      app.await(
          "three views are landed",
          SOON,
          () -> views(log, store, batches).equals(Map.of("/home", 2L, "/shop", 1L)));
    }
  }

  /** The sums of all rows that the log names. */
  private static Map<String, Long> views(
      ManifestLog log, S3ObjectStore store, BatchFolder batches) {
    Map<String, Long> views = new HashMap<>();
    for (long number = 1; log.read(number).isPresent(); number++) {
      Manifest manifest = log.read(number).orElseThrow();
      for (Batch batch : manifest.batches()) {
        assertThat(batch.table()).hasToString("public.page_views");
        batch.files().forEach(file -> add(store, batches.key(file.key()), file, views));
      }
    }
    return views;
  }

  private static void add(S3ObjectStore store, String key, DataFile file, Map<String, Long> views) {
    List<String> rows = new String(store.get(key).orElseThrow(), UTF_8).lines().toList();
    assertThat(rows).hasSize((int) file.rows());
    for (String row : rows) {
      int comma = row.indexOf(',');
      views.merge(row.substring(0, comma), Long.valueOf(row.substring(comma + 1)), Long::sum);
    }
  }

  private static ChildProcess submit(String application, BatchFolder batches, int port)
      throws IOException {
    Path root = Path.of(System.getProperty("sluice.root"));
    String version = System.getProperty("sluice.version");
    Path settings = folder.resolve(application + ".conf");
    // Read by the test without a codec.
    Files.writeString(
        settings,
        Files.readString(root.resolve("docker/example/page-views.conf"))
            .replace("name = page_views", "name = page_views, compression = none"));
    return ChildProcess.start(
        new ChildProcess.Spec(
                application,
                List.of(
                    "bash",
                    root.resolve("docker/spark/target/spark-home/bin/spark-submit").toString(),
                    "--master",
                    "local[2]",
                    "--driver-memory",
                    "512m",
                    "--jars",
                    root.resolve("writer/target/sluice-writer-" + version + "-all.jar").toString(),
                    "--class",
                    "com.example." + application,
                    root.resolve("docker/example/target/sluice-example-" + version + ".jar")
                        .toString(),
                    settings.toString(),
                    "127.0.0.1",
                    Integer.toString(port)),
                folder.resolve(application + ".log"))
            .with("SPARK_LOCAL_IP", "127.0.0.1")
            .with("SPARK_LOCAL_HOSTNAME", "localhost")
            .with("AWS_REGION", stack.endpoints().region())
            .with("AWS_ACCESS_KEY_ID", stack.endpoints().accessKey())
            .with("AWS_SECRET_ACCESS_KEY", stack.endpoints().secretKey())
            .with("SLUICE_BATCH_FOLDER", batches.toString())
            .with("SLUICE_QUEUE_URL", stack.endpoints().sqs() + "/000000000000/none")
            .with("SLUICE_S3_ENDPOINT", stack.endpoints().s3().toString())
            .with("SLUICE_SQS_ENDPOINT", stack.endpoints().sqs().toString()));
  }
}
