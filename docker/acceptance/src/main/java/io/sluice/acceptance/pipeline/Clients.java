package io.sluice.acceptance.pipeline;

import com.amazonaws.auth.AWSStaticCredentialsProvider;
import com.amazonaws.auth.BasicAWSCredentials;
import com.amazonaws.client.builder.AwsClientBuilder;
import com.amazonaws.client.builder.AwsClientBuilder.EndpointConfiguration;
import com.amazonaws.services.kinesis.AmazonKinesis;
import com.amazonaws.services.kinesis.AmazonKinesisClientBuilder;
import com.amazonaws.services.s3.AmazonS3;
import com.amazonaws.services.s3.AmazonS3ClientBuilder;
import com.amazonaws.services.sqs.AmazonSQS;
import com.amazonaws.services.sqs.AmazonSQSClientBuilder;
import io.sluice.stack.process.StackEndpoints;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** Clients of a running stack: the SDK's and the Redshift driver's own. */
public final class Clients implements AutoCloseable {
  private final StackEndpoints endpoints;
  private final AmazonS3 s3;
  private final AmazonSQS sqs;
  private final AmazonKinesis kinesis;

  public Clients(StackEndpoints endpoints) {
    System.setProperty("aws.java.v1.disableDeprecationAnnouncement", "true");
    this.endpoints = endpoints;
    this.s3 =
        at(endpoints.s3(), AmazonS3ClientBuilder.standard())
            .withPathStyleAccessEnabled(true)
            .build();
    this.sqs = at(endpoints.sqs(), AmazonSQSClientBuilder.standard()).build();
    this.kinesis = at(endpoints.kinesis(), AmazonKinesisClientBuilder.standard()).build();
  }

  public AmazonS3 s3() {
    return s3;
  }

  public AmazonSQS sqs() {
    return sqs;
  }

  public AmazonKinesis kinesis() {
    return kinesis;
  }

  /** A connection to the warehouse, in autocommit, closed by the caller. */
  public Connection warehouse() throws SQLException {
    StackEndpoints.Redshift redshift = endpoints.redshift().orElseThrow();
    Properties login = new Properties();
    login.setProperty("user", redshift.user());
    login.setProperty("password", redshift.password());
    login.setProperty("ssl", "false");
    return DriverManager.getConnection(redshift.url(), login);
  }

  @Override
  public void close() {
    s3.shutdown();
    sqs.shutdown();
    kinesis.shutdown();
  }

  private <B extends AwsClientBuilder<B, ?>> B at(URI endpoint, B builder) {
    return builder
        .withEndpointConfiguration(
            new EndpointConfiguration(endpoint.toString(), endpoints.region()))
        .withCredentials(
            new AWSStaticCredentialsProvider(
                new BasicAWSCredentials(endpoints.accessKey(), endpoints.secretKey())));
  }
}
