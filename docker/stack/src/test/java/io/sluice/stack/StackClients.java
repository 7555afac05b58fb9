package io.sluice.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.amazonaws.ClientConfiguration;
import com.amazonaws.auth.AWSCredentialsProvider;
import com.amazonaws.auth.AWSStaticCredentialsProvider;
import com.amazonaws.auth.BasicAWSCredentials;
import com.amazonaws.client.builder.AwsClientBuilder.EndpointConfiguration;
import com.amazonaws.services.dynamodbv2.AmazonDynamoDB;
import com.amazonaws.services.dynamodbv2.AmazonDynamoDBClientBuilder;
import com.amazonaws.services.kinesis.AmazonKinesis;
import com.amazonaws.services.kinesis.AmazonKinesisClientBuilder;
import com.amazonaws.services.kinesis.model.GetRecordsRequest;
import com.amazonaws.services.s3.AmazonS3;
import com.amazonaws.services.s3.AmazonS3ClientBuilder;
import com.amazonaws.services.s3.model.ObjectMetadata;
import com.amazonaws.services.s3.model.PutObjectRequest;
import com.amazonaws.services.sqs.AmazonSQS;
import com.amazonaws.services.sqs.AmazonSQSClientBuilder;
import io.sluice.stack.process.StackEndpoints;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.util.List;

/** The SDK's clients of one stack. */
final class StackClients implements AutoCloseable {
  private final StackEndpoints endpoints;
  private final AWSCredentialsProvider credentials;
  private final AmazonS3 s3;
  private final AmazonSQS sqs;
  private final AmazonDynamoDB dynamodb;
  private final AmazonKinesis kinesis;

  StackClients(StackEndpoints endpoints, ClientConfiguration configuration) {
    this.endpoints = endpoints;
    credentials =
        new AWSStaticCredentialsProvider(
            new BasicAWSCredentials(endpoints.accessKey(), endpoints.secretKey()));
    s3 =
        AmazonS3ClientBuilder.standard()
            .withPathStyleAccessEnabled(true)
            .withCredentials(credentials)
            .withClientConfiguration(configuration)
            .withEndpointConfiguration(at(endpoints.s3()))
            .build();
    sqs =
        AmazonSQSClientBuilder.standard()
            .withCredentials(credentials)
            .withClientConfiguration(configuration)
            .withEndpointConfiguration(at(endpoints.sqs()))
            .build();
    dynamodb =
        AmazonDynamoDBClientBuilder.standard()
            .withCredentials(credentials)
            .withClientConfiguration(configuration)
            .withEndpointConfiguration(at(endpoints.dynamodb()))
            .build();
    kinesis =
        AmazonKinesisClientBuilder.standard()
            .withCredentials(credentials)
            .withClientConfiguration(configuration)
            .withEndpointConfiguration(at(endpoints.kinesis()))
            .build();
  }

  AmazonS3 s3() {
    return s3;
  }

  AmazonSQS sqs() {
    return sqs;
  }

  AmazonDynamoDB dynamodb() {
    return dynamodb;
  }

  AmazonKinesis kinesis() {
    return kinesis;
  }

  /** A PUT with {@code If-None-Match: *}. */
  void putIfAbsent(String bucket, String key, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    ObjectMetadata metadata = new ObjectMetadata();
    metadata.setContentLength(bytes.length);
    PutObjectRequest request =
        new PutObjectRequest(bucket, key, new ByteArrayInputStream(bytes), metadata);
    request.putCustomRequestHeader("If-None-Match", "*");
    s3.putObject(request);
  }

  /** The texts of the records at an iterator. */
  List<String> read(String iterator) {
    return kinesis
        .getRecords(new GetRecordsRequest().withShardIterator(iterator))
        .getRecords()
        .stream()
        .map(record -> UTF_8.decode(record.getData()).toString())
        .toList();
  }

  void awaitActive(String stream) {
    await()
        .until(
            () ->
                kinesis
                    .describeStream(stream)
                    .getStreamDescription()
                    .getStreamStatus()
                    .equals("ACTIVE"));
  }

  @Override
  public void close() {
    s3.shutdown();
    sqs.shutdown();
    dynamodb.shutdown();
    kinesis.shutdown();
  }

  private EndpointConfiguration at(URI endpoint) {
    return new EndpointConfiguration(endpoint.toString(), endpoints.region());
  }
}
