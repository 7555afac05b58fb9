package io.sluice.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.SdkClientException;
import com.amazonaws.services.dynamodbv2.model.AttributeDefinition;
import com.amazonaws.services.dynamodbv2.model.BillingMode;
import com.amazonaws.services.dynamodbv2.model.CreateTableRequest;
import com.amazonaws.services.dynamodbv2.model.KeySchemaElement;
import com.amazonaws.services.dynamodbv2.model.ProvisionedThroughputExceededException;
import com.amazonaws.services.kinesis.AmazonKinesis;
import com.amazonaws.services.kinesis.model.ExpiredIteratorException;
import com.amazonaws.services.kinesis.model.PutRecordsRequest;
import com.amazonaws.services.kinesis.model.PutRecordsRequestEntry;
import com.amazonaws.services.kinesis.model.PutRecordsResult;
import io.sluice.stack.fault.Fault;
import io.sluice.stack.fault.FaultOrder;
import io.sluice.stack.fault.StandIn;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was ordered for Kinesis and DynamoDB, as the SDK without its retries sees it. */
class FaultsIT extends FaultsCase {
  @Test
  void dynamoDbThrottles() {
    faults.order(FaultOrder.of(StandIn.DYNAMODB, Fault.THROTTLE).at("ListTables"));

    assertThatThrownBy(() -> clients.dynamodb().listTables())
        .isInstanceOf(ProvisionedThroughputExceededException.class);

    assertThat(clients.dynamodb().listTables().getTableNames()).isNotNull();
  }

  @Test
  void sqsAndDynamoDbWaitBreakOffAndLoseAnswersToo() {
    for (StandIn standIn : new StandIn[] {StandIn.SQS, StandIn.DYNAMODB}) {
      String name = "broken-" + standIn.wireName();
      Runnable create = () -> create(standIn, name);
      faults.order(FaultOrder.of(standIn, Fault.LATENCY).lasting(Duration.ofMillis(300)));
      faults.order(FaultOrder.of(standIn, Fault.RESET));
      long begun = System.nanoTime();

      assertThatThrownBy(create::run).isInstanceOf(SdkClientException.class);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(290));
      assertThat(names(standIn)).noneMatch(created -> created.endsWith(name));

      faults.order(FaultOrder.of(standIn, Fault.LOST_ANSWER));
      assertThatThrownBy(create::run).isInstanceOf(SdkClientException.class);
      assertThat(names(standIn)).anyMatch(created -> created.endsWith(name));
    }
  }

  @Test
  void kinesisThrottlesExpiresAndLosesAnswers() {
    AmazonKinesis kinesis = clients.kinesis();
    kinesis.createStream("faulty", 1);
    clients.awaitActive("faulty");
    String iterator =
        kinesis
            .getShardIterator("faulty", "shardId-000000000000", "TRIM_HORIZON")
            .getShardIterator();

    faults.order(FaultOrder.of(StandIn.KINESIS, Fault.THROTTLE).at("PutRecord").on("faulty"));
    assertThatThrownBy(() -> put(kinesis, "refused"))
        .isInstanceOf(
            com.amazonaws.services.kinesis.model.ProvisionedThroughputExceededException.class);
    faults.order(FaultOrder.of(StandIn.KINESIS, Fault.LOST_ANSWER).at("PutRecord"));
    assertThatThrownBy(() -> put(kinesis, "stored")).isInstanceOf(SdkClientException.class);
    faults.order(FaultOrder.of(StandIn.KINESIS, Fault.EXPIRED_ITERATOR));
    assertThatThrownBy(() -> clients.read(iterator)).isInstanceOf(ExpiredIteratorException.class);

    assertThat(clients.read(iterator)).containsExactly("stored");
  }

  @Test
  void aRecordOfABatchFailsAlone() {
    AmazonKinesis kinesis = clients.kinesis();
    kinesis.createStream("partial", 1);
    clients.awaitActive("partial");
    faults.order(FaultOrder.of(StandIn.KINESIS, Fault.PARTIAL_FAILURE).on("partial").after(1));

    PutRecordsResult result =
        kinesis.putRecords(
            new PutRecordsRequest()
                .withStreamName("partial")
                .withRecords(List.of(entry("a"), entry("b"), entry("c"))));

    assertThat(result.getFailedRecordCount()).isEqualTo(1);
    assertThat(result.getRecords().get(1).getErrorCode())
        .isEqualTo("ProvisionedThroughputExceededException");
  }

  private static void create(StandIn standIn, String name) {
    if (standIn == StandIn.SQS) {
      sqs.createQueue(name);
    } else {
      clients
          .dynamodb()
          .createTable(
              new CreateTableRequest()
                  .withTableName(name)
                  .withBillingMode(BillingMode.PAY_PER_REQUEST)
                  .withAttributeDefinitions(new AttributeDefinition("id", "S"))
                  .withKeySchema(new KeySchemaElement("id", "HASH")));
    }
  }

  private static List<String> names(StandIn standIn) {
    return standIn == StandIn.SQS
        ? sqs.listQueues().getQueueUrls()
        : clients.dynamodb().listTables().getTableNames();
  }

  private static void put(AmazonKinesis kinesis, String text) {
    kinesis.putRecord("faulty", ByteBuffer.wrap(text.getBytes(UTF_8)), "key");
  }

  private static PutRecordsRequestEntry entry(String text) {
    return new PutRecordsRequestEntry()
        .withPartitionKey(text)
        .withData(ByteBuffer.wrap(text.getBytes(UTF_8)));
  }
}
