package io.sluice.stack.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.auth.AWSStaticCredentialsProvider;
import com.amazonaws.auth.BasicAWSCredentials;
import com.amazonaws.client.builder.AwsClientBuilder.EndpointConfiguration;
import com.amazonaws.services.dynamodbv2.AmazonDynamoDB;
import com.amazonaws.services.dynamodbv2.AmazonDynamoDBClientBuilder;
import com.amazonaws.services.dynamodbv2.model.AttributeDefinition;
import com.amazonaws.services.dynamodbv2.model.AttributeValue;
import com.amazonaws.services.dynamodbv2.model.AttributeValueUpdate;
import com.amazonaws.services.dynamodbv2.model.BillingMode;
import com.amazonaws.services.dynamodbv2.model.ConditionalCheckFailedException;
import com.amazonaws.services.dynamodbv2.model.CreateTableRequest;
import com.amazonaws.services.dynamodbv2.model.ExpectedAttributeValue;
import com.amazonaws.services.dynamodbv2.model.KeySchemaElement;
import com.amazonaws.services.dynamodbv2.model.ResourceNotFoundException;
import com.amazonaws.services.dynamodbv2.model.UpdateItemRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a lease table needs, and that nobody else on the network can ask for it. */
class DynamoDbServerIT {
  private static final String TABLE = "leases";
  private static final Map<String, AttributeValue> LEASE =
      Map.of("leaseKey", new AttributeValue("shardId-000000000000"));

  private DynamoDbServer server;
  private AmazonDynamoDB dynamodb;

  @BeforeEach
  void start() throws IOException {
    server = DynamoDbServer.start(0);
    dynamodb = client("any");
    dynamodb.createTable(
        new CreateTableRequest()
            .withTableName(TABLE)
            .withBillingMode(BillingMode.PAY_PER_REQUEST)
            .withAttributeDefinitions(new AttributeDefinition("leaseKey", "S"))
            .withKeySchema(new KeySchemaElement("leaseKey", "HASH")));
  }

  @AfterEach
  void stop() {
    dynamodb.shutdown();
    server.close();
  }

  @Test
  void aLeaseIsTakenByTheFirstWhoAsks() {
    dynamodb.putItem(TABLE, Map.of("leaseKey", LEASE.get("leaseKey"), "counter", number("1")));

    dynamodb.updateItem(takeWhenCounterIs("1"));

    assertThat(dynamodb.getItem(TABLE, LEASE).getItem()).containsEntry("counter", number("2"));
    assertThatThrownBy(() -> dynamodb.updateItem(takeWhenCounterIs("1")))
        .isInstanceOf(ConditionalCheckFailedException.class)
        .hasMessageContaining("The conditional request failed");
    assertThat(dynamodb.scan(TABLE, List.of("counter")).getItems())
        .containsExactly(Map.of("counter", number("2")));
  }

  @Test
  void allCredentialsSeeTheSameTables() {
    AmazonDynamoDB other = client("other");

    assertThat(other.listTables().getTableNames()).containsExactly(TABLE);

    other.shutdown();
  }

  @Test
  void eachServerHasItsOwnTables() throws IOException {
    try (DynamoDbServer second = DynamoDbServer.start(0)) {
      AmazonDynamoDB other = client(second, "any");

      assertThatThrownBy(() -> other.describeTable(TABLE))
          .isInstanceOf(ResourceNotFoundException.class);

      other.shutdown();
    }
    assertThat(dynamodb.listTables().getTableNames()).containsExactly(TABLE);
  }

  @Test
  void listensOnLoopbackOnly() throws IOException {
    int port = server.endpoint().getPort();
    List<InetAddress> others =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> !address.isLoopbackAddress())
            .toList();

    assertThat(reached(InetAddress.getLoopbackAddress(), port)).isTrue();
    assertThat(others).noneMatch(address -> reached(address, port));
  }

  @Test
  void leavesNothingInTheWorkingDirectory() {
    assertThat(Path.of("native-libs")).doesNotExist();
    assertThat(Files.exists(Path.of("shared-local-instance.db"))).isFalse();
  }

  private static boolean reached(InetAddress address, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), 1_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static UpdateItemRequest takeWhenCounterIs(String seen) {
    String next = String.valueOf(Integer.parseInt(seen) + 1);
    return new UpdateItemRequest()
        .withTableName(TABLE)
        .withKey(LEASE)
        .withExpected(Map.of("counter", new ExpectedAttributeValue(number(seen))))
        .withAttributeUpdates(Map.of("counter", new AttributeValueUpdate(number(next), "PUT")));
  }

  private static AttributeValue number(String value) {
    return new AttributeValue().withN(value);
  }

  private AmazonDynamoDB client(String accessKey) {
    return client(server, accessKey);
  }

  private static AmazonDynamoDB client(DynamoDbServer server, String accessKey) {
    return AmazonDynamoDBClientBuilder.standard()
        .withEndpointConfiguration(
            new EndpointConfiguration(server.endpoint().toString(), "us-east-1"))
        .withCredentials(
            new AWSStaticCredentialsProvider(new BasicAWSCredentials(accessKey, "thing")))
        .build();
  }
}
