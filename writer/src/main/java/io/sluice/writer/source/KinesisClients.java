package io.sluice.writer.source;

import com.amazonaws.services.kinesis.AmazonKinesis;
import com.amazonaws.services.kinesis.AmazonKinesisClientBuilder;
import io.sluice.common.aws.AwsClients;
import io.sluice.common.aws.AwsSettings;
import io.sluice.common.aws.AwsSettings.Service;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One Kinesis client for each set of settings and JVM: executors build theirs when their first task
 * asks. Safe for use by several threads.
 */
public final class KinesisClients {
  private static final Map<AwsSettings, AmazonKinesis> CLIENTS = new ConcurrentHashMap<>();

  private KinesisClients() {}

  /** The client of these settings; it is never shut down. */
  public static AmazonKinesis of(AwsSettings settings) {
    return CLIENTS.computeIfAbsent(
        settings,
        s ->
            new AwsClients(s)
                .configure(AmazonKinesisClientBuilder.standard(), Service.KINESIS)
                .build());
  }
}
