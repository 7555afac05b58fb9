package io.sluice.writer.source.receiver;

import com.amazonaws.auth.AWSCredentialsProvider;
import io.sluice.common.aws.AwsClients;
import io.sluice.common.aws.AwsSettings;
import io.sluice.common.aws.AwsSettings.Service;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.streaming.kinesis.SparkAWSCredentials;

/**
 * The credentials of the settings, found or assumed where the receiver runs. A receiver asks for
 * them before it builds its clients, which is the moment to tell its JVM where DynamoDB is.
 */
record ReceiverCredentials(AwsSettings settings) implements SparkAWSCredentials {
  private static final long serialVersionUID = 1L;

  private static final Map<AwsSettings, AWSCredentialsProvider> PROVIDERS =
      new ConcurrentHashMap<>();

  @Override
  public AWSCredentialsProvider provider() {
    DynamoDbEndpoint.use(settings.endpoint(Service.DYNAMODB).orElse(null));
    return PROVIDERS.computeIfAbsent(settings, s -> new AwsClients(s).credentials());
  }
}
