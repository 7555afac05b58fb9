package io.sluice.stack.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.auth.AWSStaticCredentialsProvider;
import com.amazonaws.auth.BasicAWSCredentials;
import com.amazonaws.client.builder.AwsClientBuilder.EndpointConfiguration;
import com.amazonaws.services.s3.AmazonS3;
import com.amazonaws.services.s3.AmazonS3ClientBuilder;
import com.amazonaws.services.s3.model.ObjectMetadata;
import io.sluice.stack.redshift.copy.source.S3CopyObjects;
import io.sluice.stack.s3.S3Server;
import java.io.ByteArrayInputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** COPY from the stack's own S3. */
class CopyFromS3IT {
  static final String REGION = "us-east-1";

  private static S3Server s3;
  private static AmazonS3 client;
  private static RedshiftServer redshift;

  @BeforeAll
  static void start() throws Exception {
    s3 = S3Server.start(0, Optional.empty());
    String endpoint = s3.endpoint().toString();
    client = client(s3);
    client.createBucket("lake");
    redshift =
        RedshiftServer.start(RedshiftSettings.of(S3CopyObjects.at(endpoint, REGION, "a", "b")));
  }

  @AfterAll
  static void stop() {
    redshift.close();
    client.shutdown();
    s3.close();
  }

  @Test
  void loadsGzipAndZstdByPrefixAndByManifest() throws Exception {
    String rows = "1,a\n".repeat(10_000);
    put("gz/1", InMemoryObjects.gzip(rows));
    put("gz/2", InMemoryObjects.gzip(rows));
    put("zst/1", InMemoryObjects.zstd(rows));
    client.putObject(
        "lake", "m", "{\"entries\":[{\"url\":\"s3://lake/zst/1\",\"mandatory\":true}]}");

    try (Connection connection = connect()) {
      RedshiftServerCase.execute(connection, "create temp table t (id int, name varchar(4))");
      RedshiftServerCase.copy(connection, "s3://lake/gz/", "GZIP");
      RedshiftServerCase.copy(connection, "s3://lake/m", "ZSTD MANIFEST");

      assertThat(RedshiftServerCase.value(connection, "select count(*), sum(id) from t"))
          .isEqualTo("30000|30000");
    }
  }

  @Test
  void loadsAllPagesOfAListing() throws Exception {
    for (int i = 0; i < 1001; i++) {
      client.putObject("lake", "pages/" + i, i + "\n");
    }

    try (Connection connection = connect()) {
      RedshiftServerCase.execute(connection, "create temp table t (id int)");
      RedshiftServerCase.copy(connection, "s3://lake/pages/", "");

      assertThat(RedshiftServerCase.value(connection, "select count(distinct id) from t"))
          .isEqualTo("1001");
    }
  }

  @Test
  void tellsWhatIsMissingOrBroken() throws Exception {
    put("broken/1", new byte[] {0x1f, (byte) 0x8b, 8, 0});
    try (Connection connection = connect()) {
      RedshiftServerCase.execute(connection, "create temp table t (id int)");

      assertThatThrownBy(() -> RedshiftServerCase.copy(connection, "s3://lake/none/", ""))
          .hasMessageContaining("The specified S3 prefix 'none/' does not exist");
      assertThatThrownBy(() -> RedshiftServerCase.copy(connection, "s3://nowhere/x", ""))
          .hasMessageContaining("The specified bucket does not exist,Status 404");
      assertThatThrownBy(() -> RedshiftServerCase.copy(connection, "s3://lake/none", "MANIFEST"))
          .hasMessageContaining("COPY with MANIFEST parameter requires full path of an S3 object.");
      assertThatThrownBy(() -> RedshiftServerCase.copy(connection, "s3://lake/broken/", "GZIP"))
          .hasMessageContaining("GZIP file cannot be read: Unexpected end of file");
    }
  }

  static AmazonS3 client(S3Server server) {
    return AmazonS3ClientBuilder.standard()
        .withEndpointConfiguration(new EndpointConfiguration(server.endpoint().toString(), REGION))
        .withPathStyleAccessEnabled(true)
        .withCredentials(new AWSStaticCredentialsProvider(new BasicAWSCredentials("a", "b")))
        .build();
  }

  static ObjectMetadata length(byte[] bytes) {
    ObjectMetadata metadata = new ObjectMetadata();
    metadata.setContentLength(bytes.length);
    return metadata;
  }

  private static void put(String key, byte[] bytes) {
    client.putObject("lake", key, new ByteArrayInputStream(bytes), length(bytes));
  }

  private static Connection connect() throws Exception {
    return DriverManager.getConnection(redshift.jdbcUrl(), redshift.user(), redshift.password());
  }
}
