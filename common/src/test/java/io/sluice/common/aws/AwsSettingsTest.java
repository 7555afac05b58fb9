package io.sluice.common.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.s3.AmazonS3;
import com.amazonaws.services.sqs.AmazonSQS;
import io.sluice.common.aws.AwsSettings.Service;
import io.sluice.common.config.ConfigException;
import io.sluice.common.config.ConfigFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URI;
import org.junit.jupiter.api.Test;

class AwsSettingsTest {
  private static final String LOCAL =
      """
      aws {
        region = eu-central-1
        s3 { endpoint = "http://127.0.0.1:9000", path-style = true }
        sqs.endpoint = "http://127.0.0.1:9324"
      }
      """;

  @Test
  void buildsClientsForItsEndpoints() {
    AwsClients clients = new AwsClients(parse(LOCAL));

    AmazonS3 s3 = clients.s3();
    AmazonSQS sqs = clients.sqs();

    assertThat(s3.getUrl("bucket", "a/b")).hasToString("http://127.0.0.1:9000/bucket/a/b");
    assertThat(s3.getRegionName()).isEqualTo("eu-central-1");
    s3.shutdown();
    sqs.shutdown();
  }

  @Test
  void usesTheRegionsOwnEndpointWithoutAnother() {
    AmazonS3 s3 = new AwsClients(parse("aws { region = eu-central-1 }")).s3();

    assertThat(s3.getUrl("bucket", "a"))
        .hasToString("https://bucket.s3.eu-central-1.amazonaws.com/a");
    s3.shutdown();
  }

  @Test
  void anEndpointNeedsARegion() {
    assertThatThrownBy(() -> parse("aws { kinesis.endpoint = \"http://127.0.0.1:4567\" }"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "aws: region is needed with an endpoint, for requests are signed for it");
  }

  @Test
  void aRoleIsCheckedForItsShape() {
    assertThatThrownBy(() -> parse("aws { role.arn = \"admin\" }"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "aws.role: 'admin' is not a role: use arn:aws:iam::<12-digit account>:role/<name>");
  }

  @Test
  void travelsToExecutors() throws Exception {
    AwsSettings settings =
        parse(LOCAL + "aws.role.arn = \"arn:aws:iam::123456789012:role/writer\"");

    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(settings);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(settings);
    }
    assertThat(settings.endpoint(Service.SQS)).hasValue(URI.create("http://127.0.0.1:9324"));
  }

  private static AwsSettings parse(String text) {
    return ConfigFile.parse(text, "test.conf", "aws", AwsSettings::read);
  }
}
