package io.sluice.loader.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.common.config.ConfigException;
import io.sluice.common.config.ConfigFile;
import io.sluice.common.config.SettingsReference;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.health.TableGoals;
import io.sluice.loader.health.Webhook;
import io.sluice.loader.login.LoginSettings;
import io.sluice.loader.login.LoginSettings.Method;
import io.sluice.loader.operate.reconcile.Countable;
import io.sluice.loader.operate.report.Prices;
import io.sluice.loader.plan.LoadPolicy;
import io.sluice.loader.plan.MaintenanceWindow;
import io.sluice.loader.warehouse.TlsSettings;
import io.sluice.loader.warehouse.TlsSettings.Mode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    assertThat(config.warehouse().ledger().schema()).isEqualTo("sluice");
    assertThat(config.warehouse().statementTimeout()).isEqualTo(Duration.ofHours(1));
    assertThat(config.catchUpInterval()).isEqualTo(Duration.ofMinutes(5));
    assertThat(config.maxConcurrency()).isEqualTo(3);
    assertThat(config.shutdownGrace()).isEqualTo(Duration.ofSeconds(60));
    assertThat(config.prices()).isEqualTo(Prices.DEFAULT);
  }

  @Test
  void refusesADeadLetterQueueThatIsTheQueueItself() {
    assertThatThrownBy(
            () -> parse(SMALLEST + "loader.queue.dead-letter-url = \"http://127.0.0.1:1/queue\""))
        .hasMessageContaining("dead-letter-url must be another queue than url");
  }

  @Test
  void readsPricesAndTellsWhatIsWrongWithThem() {
    LoaderConfig config = parse(SMALLEST + "loader.cost { warehouse-hour = 3.26, currency = EUR }");
    assertThat(config.prices().warehouseHour()).contains(new BigDecimal("3.26"));
    assertThat(config.prices().currency()).isEqualTo("EUR");
    assertThat(config.prices().s3Get()).isEqualTo(new BigDecimal("0.0004"));

    assertThatThrownBy(
            () -> parse(SMALLEST + "loader.cost { s3-put-per-1000 = cheap, warehouse-hour = -1 }"))
        .hasMessageContaining("loader.cost.s3-put-per-1000 = cheap: must be a number such as 0.005")
        .hasMessageContaining("loader.cost.warehouse-hour = -1: must not be negative");
  }

  @Test
  void tellsHowTheRowsOfATableCanBeCountedAndWhenItIsLoaded() {
    LoaderConfig config =
        parse(
            SMALLEST.replace(
                "{ name = orders }",
                "{ name = orders, mode = upsert, upsert { key = [id], order = at },"
                    + " freshness-objective = 5m,"
                    + " windows = [{ cron = \"0 2 * * SUN\", duration = 2h }] }"));
    TableName orders = TableName.parse("orders");
    TableName other = TableName.parse("a.b");

    assertThat(config.countable(List.of(orders, other)))
        .containsExactly(
            Map.entry(orders, new Countable(false, Optional.empty())),
            Map.entry(other, new Countable(true, Optional.empty())));
    assertThat(config.rules(List.of(orders)).get(orders).windows()).hasSize(1);
    assertThat(config.rules(List.of(orders)).get(orders).objective())
        .contains(Duration.ofMinutes(5));
    assertThat(config.rules(List.of(other)).get(other).policy().maxBatches()).isEqualTo(3);
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

  @ParameterizedTest
  @ValueSource(strings = {"SecretAccessKey", "sessiontoken", "client_secret", "pwd"})
  void refusesOtherSecretsInTheUrlToo(String option) {
    String text = SMALLEST.replace("2/dev", "2/dev?ssl=true;" + option + "=hidden-word");

    assertThatThrownBy(() -> parse(text))
        .hasMessageContaining("must not carry a password")
        .hasMessageNotContaining("hidden-word");
  }

  @Test
  void takesExactlyOneWayToLogIn() {
    String password = "password = hidden-word";
    assertThatThrownBy(() -> parse(SMALLEST.replace(password, "")))
        .hasMessageContaining("loader.warehouse: needs one of password, password-file");
    assertThatThrownBy(() -> parse(SMALLEST.replace(password, password + ", secret = a/b")))
        .hasMessageContaining("loader.warehouse: must have only one of password, password-file")
        .hasMessageNotContaining("hidden-word");
    assertThatThrownBy(() -> parse(SMALLEST.replace("redshift://", "redshift:iam://")))
        .hasMessageContaining("with a jdbc:redshift:iam:// URL there must be no password");
    assertThatThrownBy(() -> parse(SMALLEST.replace(password, "secret = a/b")))
        .hasMessageContaining("loader.warehouse.user = loader: must be left out: the secret");
    assertThatThrownBy(() -> parse(SMALLEST.replace(password, "password-credential = a/b")))
        .hasMessageContaining("password-credential = a/b: must be the name of a credential");
    assertThatThrownBy(() -> parse(SMALLEST.replace(password, "password-credential = redshift")))
        .hasMessageContaining("needs a start by systemd with LoadCredential=redshift:...");

    assertThat(parse(SMALLEST.replace(password, "password-file = /run/x")).warehouse().login())
        .isEqualTo(
            new LoginSettings(
                Method.PASSWORD_FILE,
                Optional.of("loader"),
                Optional.empty(),
                Optional.of(Path.of("/run/x")),
                Optional.empty()));
    String iam = SMALLEST.replace("redshift://", "redshift:iam://").replace(password, "");
    assertThat(parse(iam).warehouse().login().method()).isEqualTo(Method.IAM);
    assertThat(parse(iam.replace("user = loader", "")).warehouse().login().user()).isEmpty();
  }

  @Test
  void checksCertificateAndHostUnlessTold() {
    assertThat(parse(SMALLEST).warehouse().tls().mode()).contains(Mode.VERIFY_FULL);
    assertThat(parse(SMALLEST.replace("2/dev", "2/dev?ssl=false")).warehouse().tls().mode())
        .isEmpty();
    assertThat(tls("tls.mode = off").mode()).contains(Mode.OFF);
    assertThatThrownBy(() -> tls("tls { mode = off, root-cert = pom.xml }"))
        .hasMessageContaining("tls.root-cert = pom.xml: is of no use with tls.mode = off");
    assertThatThrownBy(() -> tls("tls.root-cert = /not/there.pem"))
        .hasMessageContaining("loader.warehouse.tls.root-cert = /not/there.pem: there is no such");
    assertThatThrownBy(
            () ->
                parse(
                    SMALLEST
                        .replace("2/dev", "2/dev?sslMode=require")
                        .replace("user =", "tls.mode = off, user =")))
        .hasMessageContaining("is said by an option of warehouse.url too: leave one out");
  }

  @Test
  void readsWindowsAndTellsWhatIsWrongWithThem() {
    LoaderConfig config =
        parse(
            SMALLEST
                .replace(
                    "name = orders",
                    "name = orders, windows = [{ cron = \"30 1 * * *\", duration = 20m }]")
                .replace(
                    "copy { max-wait = 7s",
                    "windows = [{ cron = \"0 2 * * SUN\", duration = 2h,"
                        + " time-zone = \"Europe/Berlin\" }], copy { max-wait = 7s"));

    assertThat(config.windows().all())
        .containsExactly(
            new MaintenanceWindow("0 2 * * SUN", Duration.ofHours(2), ZoneId.of("Europe/Berlin")));
    assertThat(config.windows().of(TableName.parse("orders")))
        .containsExactly(
            new MaintenanceWindow("30 1 * * *", Duration.ofMinutes(20), ZoneOffset.UTC));
    assertThat(config.windows().of(TableName.parse("a.b"))).isEmpty();
    assertThatThrownBy(
            () ->
                parse(
                    SMALLEST.replace(
                        "copy { max-wait = 7s",
                        "windows = [{ cron = \"0 25 * * *\", time-zone = Mars }], copy { max-wait = 7s")))
        .hasMessageContaining("loader.windows[0].cron = 0 25 * * *: must be minute, hour, day")
        .hasMessageContaining("loader.windows[0].duration is missing")
        .hasMessageContaining("loader.windows[0].time-zone = Mars: must be a time zone such as");
  }

  @Test
  void onlyATableThatIsAppendedToHasALoadColumn() {
    LoaderConfig config =
        parse(SMALLEST.replace("name = orders }", "name = orders, load-column = Sluice_Load }"));

    assertThat(config.targets().get(TableName.parse("orders")).loadColumn())
        .hasValue("sluice_load");
    assertThat(config.targets().get(TableName.parse("a.b")).loadColumn()).isEmpty();
    assertThatThrownBy(
            () ->
                parse(
                    SMALLEST.replace(
                        "name = orders }",
                        "name = orders, load-column = l, mode = upsert,"
                            + " upsert { key = [id], order = v } }")))
        .hasMessageContaining("loader.tables[0].load-column = l: needs mode = append");
  }

  private static TlsSettings tls(String setting) {
    return parse(SMALLEST.replace("user =", setting + "\n user =")).warehouse().tls();
  }

  @Test
  void showsNoSecret() {
    assertThat(parse(SMALLEST)).asString().contains("********").doesNotContain("hidden-word");
  }

  @Test
  void readsHowTheLoaderIsWatched() {
    LoaderConfig config =
        parse(
            SMALLEST
                .replace("name = orders }", "name = orders, freshness-objective = 10m }")
                .replace(
                    "copy { max-wait = 7s",
                    """
                    health.port = 0
                    alerts.webhooks = [
                      { url = "https://hooks.example.com/hidden-word", form = slack }
                      { url = "http://127.0.0.1:1/x" }
                    ]
                    copy { max-wait = 7s"""));

    assertThat(parse(SMALLEST).health().address()).isEqualTo("127.0.0.1");
    assertThat(parse(SMALLEST).health().port()).isEqualTo(10190);
    assertThat(parse(SMALLEST).health().webhooks()).isEmpty();
    assertThat(config.health().port()).isZero();
    assertThat(config.health().webhooks())
        .extracting(Webhook::form)
        .containsExactly(Webhook.Form.SLACK, Webhook.Form.JSON);
    assertThat(config.health().goals())
        .containsEntry(
            TableName.parse("orders"),
            new TableGoals(Optional.of(Duration.ofMinutes(10)), Optional.empty()))
        .containsEntry(TableName.parse("a.b"), TableGoals.NONE);
    assertThat(config).asString().doesNotContain("hidden-word");
  }

  @Test
  void refusesAWebhookWithoutShowingIt() {
    String text =
        SMALLEST.replace(
            "copy { max-wait = 7s",
            "alerts.webhooks = [{ url = \"hooks.example.com/hidden-word\" }], copy { max-wait = 7s");

    assertThatThrownBy(() -> parse(text))
        .hasMessageContaining(
            "loader.alerts.webhooks[0].url = ********: must be an address such as https://")
        .hasMessageNotContaining("hidden-word");
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
            "loader { windows = [{}], tables = [{ windows = [{}], upsert {} }],"
                + " aws { role {}, s3.role {} }, alerts.webhooks = [{}] }",
            LoaderConfig.SECTION,
            LoaderConfig::read);

    assertThat(SettingsReference.described("loader", "loader")).isEqualTo(known);
  }

  private static LoaderConfig parse(String text) {
    return ConfigFile.parse(text, "test.conf", LoaderConfig.SECTION, LoaderConfig::read);
  }
}
