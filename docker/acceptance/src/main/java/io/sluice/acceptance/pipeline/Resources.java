package io.sluice.acceptance.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.kinesis.model.DescribeStreamSummaryRequest;
import com.amazonaws.services.kinesis.model.ResourceInUseException;
import com.amazonaws.services.sqs.model.CreateQueueRequest;
import com.amazonaws.services.sqs.model.GetQueueAttributesRequest;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.ManifestLog;
import io.sluice.common.store.S3ObjectStore;
import io.sluice.stack.process.StackEndpoints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * What the earthquakes' pipeline needs in AWS, or in the stand-ins for it: stream, bucket, queue
 * with its dead-letter queue, and table.
 */
public final class Resources implements AutoCloseable {
  /** The earthquakes' table. */
  public static final String TABLE = "public.earthquakes";

  /** The earthquakes' stream. */
  public static final String STREAM = "earthquakes";

  private static final String BUCKET = "sluice";
  private static final String QUEUE = "sluice";
  private static final String DEAD_LETTERS = "sluice-dead";
  private static final BatchFolder FOLDER = new BatchFolder(BUCKET, "earthquakes");
  private static final int RECEIVES_BEFORE_DEAD = 100;
  private static final String DUPLICATE_TABLE = "42P07";

  private final Clients clients;
  private final String queueUrl;
  private final String deadLetterUrl;
  private final Path table;

  private Resources(Clients clients, Path table) {
    this.clients = clients;
    this.table = table;
    this.deadLetterUrl = clients.sqs().createQueue(DEAD_LETTERS).getQueueUrl();
    this.queueUrl = createQueue();
  }

  /**
   * Makes what is not there yet.
   *
   * @param table the file with the table's DDL
   */
  public static Resources make(StackEndpoints endpoints, Path table, int shards)
      throws SQLException {
    Clients clients = new Clients(endpoints);
    try {
      if (!clients.s3().doesBucketExistV2(BUCKET)) {
        clients.s3().createBucket(BUCKET);
      }
      Resources resources = new Resources(clients, table);
      resources.makeTable();
      resources.createStream(shards);
      return resources;
    } catch (SQLException | RuntimeException e) {
      clients.close();
      throw e;
    }
  }

  /** Clients of the stand-ins. */
  public Clients clients() {
    return clients;
  }

  /** A producer for the pipeline's stream. */
  public Producer producer() {
    return new Producer(clients.kinesis(), STREAM);
  }

  /** The folder that the writer lands in. */
  public BatchFolder batchFolder() {
    return FOLDER;
  }

  /** The queue between writer and loader. */
  public String queueUrl() {
    return queueUrl;
  }

  /** Where messages go that nobody can use. */
  public String deadLetterUrl() {
    return deadLetterUrl;
  }

  /** The writer's log of manifests. */
  public ManifestLog manifests() {
    return new ManifestLog(new S3ObjectStore(clients.s3(), BUCKET), FOLDER, Duration.ofSeconds(30));
  }

  /** What is at each stage. */
  public Stages stages() {
    return new Stages(manifests(), clients);
  }

  /** Whether the stream takes records. */
  public BooleanSupplier streamIsActive() {
    return () ->
        clients
            .kinesis()
            .describeStreamSummary(new DescribeStreamSummaryRequest().withStreamName(STREAM))
            .getStreamDescriptionSummary()
            .getStreamStatus()
            .equals("ACTIVE");
  }

  /** Makes the table if it is not there. */
  public void makeTable() throws SQLException {
    try (Connection connection = clients.warehouse();
        Statement statement = connection.createStatement()) {
      statement.execute(Files.readString(table, UTF_8));
    } catch (SQLException e) {
      if (!DUPLICATE_TABLE.equals(e.getSQLState())) {
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    clients.close();
  }

  private String createQueue() {
    String deadLetterArn =
        clients
            .sqs()
            .getQueueAttributes(
                new GetQueueAttributesRequest(deadLetterUrl).withAttributeNames("QueueArn"))
            .getAttributes()
            .get("QueueArn");
    return clients
        .sqs()
        .createQueue(
            new CreateQueueRequest(QUEUE)
                .addAttributesEntry("VisibilityTimeout", "30")
                .addAttributesEntry(
                    "RedrivePolicy",
                    "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":\"%d\"}"
                        .formatted(deadLetterArn, RECEIVES_BEFORE_DEAD)))
        .getQueueUrl();
  }

  private void createStream(int shards) {
    try {
      clients.kinesis().createStream(STREAM, shards);
    } catch (ResourceInUseException e) {
      // It is there already.
    }
  }
}
