package io.sluice.common.aws;

import com.amazonaws.ClientConfiguration;
import com.amazonaws.auth.AWSCredentialsProvider;
import com.amazonaws.auth.DefaultAWSCredentialsProviderChain;
import com.amazonaws.auth.STSAssumeRoleSessionCredentialsProvider;
import com.amazonaws.client.builder.AwsClientBuilder;
import com.amazonaws.client.builder.AwsClientBuilder.EndpointConfiguration;
import com.amazonaws.services.s3.AmazonS3;
import com.amazonaws.services.s3.AmazonS3ClientBuilder;
import com.amazonaws.services.securitytoken.AWSSecurityTokenServiceClientBuilder;
import com.amazonaws.services.sqs.AmazonSQS;
import com.amazonaws.services.sqs.AmazonSQSClientBuilder;
import io.sluice.common.aws.AwsSettings.Role;
import io.sluice.common.aws.AwsSettings.Service;

/**
 * Builds SDK clients from the settings: the SDK's own credential chain, or the role to assume by
 * it. Each call builds a client that the caller shuts down.
 */
public final class AwsClients {
  static {
    // The KCL ties us to version 1 of the SDK; its long notice at every start says nothing that a
    // user can act on.
    System.setProperty("aws.java.v1.disableDeprecationAnnouncement", "true");
  }

  private static final int SOON_MILLIS = 2_000;

  private final AwsSettings settings;
  private final AWSCredentialsProvider credentials;

  public AwsClients(AwsSettings settings) {
    this.settings = settings;
    this.credentials =
        settings.role() == null
            ? DefaultAWSCredentialsProviderChain.getInstance()
            : assume(settings.role());
  }

  /** A client for S3, each of whose requests asks for what the settings of S3 say. */
  public AmazonS3 s3() {
    S3Settings s3 = settings.s3();
    AmazonS3ClientBuilder builder =
        locate(AmazonS3ClientBuilder.standard(), Service.S3, s3.regionOr(settings.region()))
            .withCredentials(s3.role() == null ? credentials : assume(s3.role()));
    return builder
        .withPathStyleAccessEnabled(s3.pathStyle())
        .withRequestHandlers(new S3RequestOptions(s3))
        .build();
  }

  /** A client for SQS. */
  public AmazonSQS sqs() {
    return configure(AmazonSQSClientBuilder.standard(), Service.SQS).build();
  }

  /** A client for SQS that gives up soon, for callers who must not wait for a queue. */
  public AmazonSQS impatientSqs() {
    ClientConfiguration soon =
        new ClientConfiguration()
            .withConnectionTimeout(SOON_MILLIS)
            .withSocketTimeout(SOON_MILLIS)
            .withMaxErrorRetry(1);
    return configure(AmazonSQSClientBuilder.standard(), Service.SQS)
        .withClientConfiguration(soon)
        .build();
  }

  /** The credentials of every client. */
  public AWSCredentialsProvider credentials() {
    return credentials;
  }

  /** Sets region or endpoint, and credentials, on the builder of any client. */
  public <B extends AwsClientBuilder<B, ?>> B configure(B builder, Service service) {
    return locate(builder, service, settings.region()).withCredentials(credentials);
  }

  private <B extends AwsClientBuilder<B, ?>> B locate(B builder, Service service, String region) {
    return settings
        .endpoint(service)
        .map(
            uri ->
                builder.withEndpointConfiguration(
                    new EndpointConfiguration(uri.toString(), region)))
        .orElseGet(() -> region == null ? builder : builder.withRegion(region));
  }

  private AWSCredentialsProvider assume(Role role) {
    return new STSAssumeRoleSessionCredentialsProvider.Builder(role.arn(), role.sessionName())
        .withExternalId(role.externalId())
        .withStsClient(
            locate(AWSSecurityTokenServiceClientBuilder.standard(), Service.STS, settings.region())
                .withCredentials(DefaultAWSCredentialsProviderChain.getInstance())
                .build())
        .build();
  }
}
