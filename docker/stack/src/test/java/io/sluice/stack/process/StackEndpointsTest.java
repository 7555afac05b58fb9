package io.sluice.stack.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackEndpointsTest {
  private static final StackEndpoints ENDPOINTS =
      new StackEndpoints(
          "us-east-1",
          "local",
          "local-secret",
          URI.create("http://127.0.0.1:1001"),
          URI.create("http://127.0.0.1:1002"),
          URI.create("http://127.0.0.1:1003"),
          URI.create("http://127.0.0.1:1005"),
          URI.create("http://127.0.0.1:1006"),
          Optional.of(
              new StackEndpoints.Redshift(
                  "jdbc:redshift://127.0.0.1:1004/dev",
                  "u",
                  "p",
                  Optional.of(Path.of("/tmp/redshift-ca.pem")))));

  @TempDir private Path folder;

  @Test
  void readsWhatItWrote() throws Exception {
    Path file = folder.resolve("new/stack.properties");

    ENDPOINTS.write(file);

    assertThat(StackEndpoints.read(file)).isEqualTo(ENDPOINTS);
    try (var files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aStackMayHaveNoWarehouse() {
    Properties properties = ENDPOINTS.toProperties();
    properties.remove("redshift.url");

    assertThat(StackEndpoints.fromProperties(properties).redshift()).isEmpty();
  }

  @Test
  void aWarehouseMayHaveNoCertificateOfItsOwn() {
    Properties properties = ENDPOINTS.toProperties();
    properties.remove("redshift.ca-file");

    assertThat(StackEndpoints.fromProperties(properties).redshift())
        .contains(new StackEndpoints.Redshift("jdbc:redshift://127.0.0.1:1004/dev", "u", "p"));
  }

  @Test
  void saysWhatIsMissing() {
    Properties properties = ENDPOINTS.toProperties();
    properties.remove("sqs.endpoint");

    assertThatThrownBy(() -> StackEndpoints.fromProperties(properties))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the endpoints lack sqs.endpoint");
  }
}
