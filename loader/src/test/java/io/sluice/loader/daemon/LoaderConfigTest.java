package io.sluice.loader.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.common.config.ConfigException;
import io.sluice.common.config.ConfigFile;
import io.sluice.common.config.SettingsReference;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.plan.LoadPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LoaderConfigTest {
  private static final String SMALLEST =
      """
      loader {
        queue.url = "http://127.0.0.1:1/queue"
        batch-folders = ["s3://bucket/x"]
        warehouse {
          url = "jdbc:redshift://127.0.0.1:2/dev"
          user = loader
          password = hidden-word
          iam-role = default
        }
        copy { max-wait = 7s, max-interval = 9m, max-concurrency = 3 }
        tables = [{ name = orders }, { name = a.b, copy { max-wait = 0s, max-batches = 3 } }]
      }
      """;

  @Test
  void fillsInWhatIsLeftOut() {
    LoaderConfig config = parse(SMALLEST);

    assertThat(config.folders()).containsExactly(BatchFolder.parse("s3://bucket/x"));
    assertThat(config.queue().deadLetterUrl()).isEmpty();
    assertThat(config.warehouse().ledgerSchema()).isEqualTo("sluice");
    assertThat(config.warehouse().statementTimeout()).isEqualTo(Duration.ofHours(1));
    assertThat(config.catchUpInterval()).isEqualTo(Duration.ofMinutes(5));
    assertThat(config.maxConcurrency()).isEqualTo(3);
    assertThat(config.shutdownGrace()).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void takesATablesPolicyFromTheDefaultsOfTheFile() {
    LoaderConfig config = parse(SMALLEST);

    LoadPolicy orders = config.tables().get(TableName.parse("orders"));
    LoadPolicy other = config.tables().get(TableName.parse("a.b"));
    assertThat(orders.maxWait()).isEqualTo(Duration.ofSeconds(7));
    assertThat(orders.minInterval()).isEqualTo(Duration.ofMinutes(2));
    assertThat(other.maxWait()).isZero();
    assertThat(other.maxBatches()).isEqualTo(3);
    assertThat(other.maxBytes()).isEqualTo(orders.maxBytes());
    assertThat(other.maxInterval()).isEqualTo(Duration.ofMinutes(9));
  }

  @Test
  void tellsAllProblemsAtOnceAndNeverThePassword() {
    String text =
        """
        loader {
          queue.url = "not an address"
          batch-folders = ["/tmp"]
          warehouse {
            url = "jdbc:postgresql://h/d"
            pasword = hidden-word
            password = hidden-word
            iam-role = admin
          }
          tables = [{ name = orders }, { name = ORDERS, copy { max-batches = 0, max-concurrency = 2 } }]
          copy.max-concurrency = 0
          shutdown.grace = 0s
        }
        """;

    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("loader.queue.url = not an address: must be an address")
        .hasMessageContaining("loader.batch-folders[0] = /tmp: '/tmp' is not a batch folder")
        .hasMessageContaining("loader.warehouse.url = jdbc:postgresql://h/d: must be jdbc:redshift")
        .hasMessageContaining("loader.warehouse.user is missing")
        .hasMessageContaining("loader.warehouse.iam-role = admin: must be arn:aws:iam")
        .hasMessageContaining("did you mean loader.warehouse.password?")
        .hasMessageContaining("loader.tables = public.orders: is named twice")
        .hasMessageContaining("loader.tables[1].copy.max-batches = 0: must be from 1 to 10000")
        .hasMessageContaining("loader.copy.max-concurrency = 0: must be from 1 to 100")
        .hasMessageContaining("loader.tables[1].copy.max-concurrency")
        .hasMessageContaining("loader.shutdown.grace = 0s: must be longer than nothing")
        .hasMessageNotContaining("hidden-word");
  }

  @Test
  void refusesAPasswordInTheUrlWithoutShowingIt() {
    String text = SMALLEST.replace("2/dev", "2/dev?password=hidden-word");

    assertThatThrownBy(() -> parse(text))
        .hasMessageContaining("must not carry a password")
        .hasMessageNotContaining("hidden-word");
  }

  @Test
  void showsNoSecret() {
    assertThat(parse(SMALLEST)).asString().contains("********").doesNotContain("hidden-word");
  }

  @Test
  void readsTheExample() throws IOException {
    String example =
        Files.readString(SettingsReference.folder("loader").resolve("conf/loader.conf"))
            .replace("${SLUICE_WAREHOUSE_PASSWORD}", "x");

    assertThat(parse(example).tables()).containsOnlyKeys(TableName.parse("public.earthquakes"));
  }

  @Test
  void isDescribedSettingBySetting() throws IOException {
    Set<String> known =
        ConfigFile.names(
            "loader { tables = [{}], aws { role {}, s3.role {} } }",
            LoaderConfig.SECTION,
            LoaderConfig::read);

    assertThat(SettingsReference.described("loader", "loader")).isEqualTo(known);
  }

  private static LoaderConfig parse(String text) {
    return ConfigFile.parse(text, "test.conf", LoaderConfig.SECTION, LoaderConfig::read);
  }
}
