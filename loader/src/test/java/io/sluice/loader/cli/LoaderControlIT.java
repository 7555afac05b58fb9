package io.sluice.loader.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.common.manifest.TableName;
import io.sluice.loader.login.AwsStandIn;
import io.sluice.loader.stack.LoaderPlace;
import io.sluice.loader.stack.LoaderProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * How a running loader is directed: SIGHUP, pause and resume, a new password; and what it hides.
 * Over TLS that is checked, for that is the default, and with the password in a file.
 */
class LoaderControlIT {
  @RegisterExtension private final LoaderPlace place = new LoaderPlace();
  private final TableName first = place.newTable("firsts");
  private final TableName second = place.newTable("seconds");
  private final Path password = place.folder().resolve("password");

  @BeforeEach
  void writeThePassword() throws IOException {
    Files.writeString(password, place.stack().redshift().password() + "\n");
    configure();
    place.makeLedger();
  }

  @Test
  void readsTheSettingsOfTablesAgainOnSighup() throws Exception {
    configure("loader.tables = [{ name = \"" + first + "\", copy.max-wait = 1h }]");
    LoaderProcess loader = place.start().awaitReady();
    place.announce(first, "1,held");
    await().atMost(LoaderProcess.PATIENCE).until(() -> place.queues().hiddenMessages() == 1);

    configure(LoaderPlace.tables(first, second));
    loader.hangUp("tables added [%s], removed [], changed [%s]".formatted(second, first));
    place.awaitIds(first, "1");
    place.announce(second, "2,new");
    place.awaitIds(second, "2");

    Path file = configure(LoaderPlace.tables(first), "loader.copy.max-files = none");
    loader.hangUp("the settings stay as they were: 1 problem in " + file);
    place.announce(second, "3,still");
    place.awaitIds(second, "2", "3");

    configure(LoaderPlace.tables(first), "loader.shutdown.grace = 7s");
    loader.hangUp("loader.shutdown.grace changed too, which holds only after a restart");
    loader.awaitLog("removed [" + second + "]");
    place.announce(first, "4,last");
    place.awaitIds(first, "1", "4");
    assertThat(loader.stop()).isZero();
  }

  @Test
  void pausesAndResumesATableWithoutARestart() {
    LoaderProcess loader = place.start().awaitReady();

    assertThat(command("pause", "--reason", "it's rebuilt", "--by", "ann"))
        .startsWith("0: " + first + " is paused by ann: it's rebuilt");
    place.announce(first, "1,waits");
    place.announce(second, "2,goes");
    place.awaitIds(second, "2");
    loader.awaitLog(first + " was paused by ann");
    assertThat(place.ids(first)).isEmpty();
    assertThat(command("resume")).startsWith("0: " + first + " is resumed; it was paused by ann");
    place.awaitIds(first, "1");

    loader.awaitLog(first + " is no longer paused");
    assertThat(loader.log()).containsOnlyOnce(first + " was paused by ann");
    assertThat(command("resume")).startsWith("0: " + first + " is not paused");
  }

  @Test
  void pausesAllTablesOverAWrongPasswordAndGoesOnWithANewOneWithoutARestart() throws Exception {
    LoaderProcess loader = place.start().awaitReady();
    Files.writeString(password, "outdated-word");
    place.announce(first, "1,a");
    place.announce(second, "2,b");
    loader.awaitLog("no table can be loaded");

    Files.writeString(password, place.stack().redshift().password());

    place.awaitIds(first, "1");
    place.awaitIds(second, "2");
    assertThat(loader.log())
        .contains("the warehouse lets the loader in again after 1 refused logins")
        .containsOnlyOnce("no table can be loaded")
        .doesNotContain("outdated-word")
        .doesNotContain(" is paused: ");
    assertThat(loader.log().split("alert login/all/", -1)).as("an alert and its end").hasSize(3);
  }

  @Test
  void endsWithTwoAndNamesEverythingThatKeepsItFromStarting() {
    configure(
        LoaderPlace.tables(first, TableName.parse("nowhere")),
        "loader.queue.url = \"%s/000000000000/not-there\""
            .formatted(place.stack().endpoints().sqs()));

    assertThat(place.run("run"))
        .startsWith("2: ")
        .contains("relation \"public.nowhere\" does not exist")
        .contains("check loader.queue and the permissions on it");
  }

  @Test
  void showsNoSecretWhateverHappens() throws Exception {
    String secret = "Very-Distinctive-Word";
    StringBuilder said = new StringBuilder();
    Files.writeString(password, secret);
    said.append(place.run("run", "--debug"));
    String fixed = "loader.warehouse { password-file = null, password = \"" + secret + "\" }";
    configure(fixed);
    said.append(place.run("run", "--debug"));
    said.append(place.run("init", "--debug"));
    said.append(command("pause", "--debug", "--reason", "why"));
    configure(fixed, "loader.warehouse.url = \"jdbc:redshift://127.0.0.1:1/dev\"");
    said.append(place.run("init", "--debug"));
    configure("loader.warehouse.url = \"jdbc:redshift://h/d?SessionToken=" + secret + "\"");
    said.append(place.run("run", "--debug"));
    String answer =
        "{\"SecretString\":\"{\\\"username\\\":\\\"%s\\\",\\\"password\\\":\\\"%s\\\"}\"}"
            .formatted(place.stack().redshift().user(), secret);
    try (AwsStandIn manager = new AwsStandIn("application/x-amz-json-1.1", request -> answer)) {
      configure(
          "loader.warehouse { user = null, password-file = null, secret = s }",
          "loader.aws.secrets-manager.endpoint = \"" + manager.address() + "\"");
      said.append(place.run("run", "--debug"));
      assertThat(manager.requests()).hasSize(2);
    }
    configure(fixed, "loader.warehouse.secret = x");
    said.append(place.run("run", "--debug"));

    assertThat(said)
        .contains("password authentication failed")
        .contains("must not carry a password")
        .contains("must have only one of")
        .contains("WarehouseException")
        .doesNotContain(secret)
        .doesNotContain(place.stack().endpoints().secretKey());
  }

  @Test
  void showsNoSecretInTheProcessListWhileItLoads() throws Exception {
    LoaderProcess loader = place.start().awaitReady();
    place.announce(first, "1,a");
    place.awaitIds(first, "1");

    ProcessHandle process = ProcessHandle.of(loader.pid()).orElseThrow();
    assertThat(Files.readString(Path.of("/proc/" + loader.pid() + "/cmdline")))
        .contains("sluice-loader")
        .doesNotContain(place.stack().redshift().password())
        .doesNotContain(place.stack().endpoints().secretKey());
    assertThat(process.children()).isEmpty();
    assertThat(loader.log())
        .doesNotContain(place.stack().redshift().password())
        .doesNotContain(place.stack().endpoints().secretKey());
  }

  /** Runs a command about the first table. */
  private String command(String name, String... more) {
    List<String> arguments = new ArrayList<>(List.of("--table", first.toString()));
    arguments.addAll(List.of(more));
    return place.run(name, arguments.toArray(String[]::new));
  }

  private Path configure(String... more) {
    String login =
        """
        loader.warehouse {
          url = "%s"
          password = null
          password-file = "%s"
          tls.root-cert = "%s"
        }
        """
            .formatted(
                place.stack().redshift().url().replace("?ssl=false", ""),
                password,
                place.stack().redshift().caFile().orElseThrow());
    return place.configure(login, String.join("\n", more));
  }
}
