package io.sluice.loader.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.ContractJson;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.S3ObjectStore;
import io.sluice.loader.login.AwsStandIn;
import io.sluice.loader.stack.LoaderProcess;
import io.sluice.loader.stack.LoaderStack;
import io.sluice.loader.stack.Sql;
import io.sluice.loader.store.LandedFolder;
import io.sluice.stack.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How a running loader is directed: SIGHUP, pause and resume, a new password; and what it hides.
 */
class LoaderControlIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String PASSWORD_FILE = "password-file = \"%s\"";

  private final LoaderStack stack = LoaderStack.shared();
  private final Sql sql = new Sql(stack);
  private final String queue = stack.newQueue();
  private final TableName first = TableName.parse(LoaderStack.newName("firsts"));
  private final TableName second = TableName.parse(LoaderStack.newName("seconds"));
  private final String schema = LoaderStack.newName("ledger");
  private final String bucket = stack.newBucket();
  private final LandedFolder landed =
      new LandedFolder(
          new S3ObjectStore(stack.s3(), bucket), BatchFolder.parse("s3://" + bucket + "/x"));

  @TempDir private Path folder;
  private LoaderProcess loaders;
  private ChildProcess loader;
  private Path file;
  private Path password;

  @BeforeEach
  void prepare() throws IOException {
    for (TableName table : List.of(first, second)) {
      sql.execute("CREATE TABLE " + table + " (id BIGINT, name VARCHAR(64))");
    }
    loaders = new LoaderProcess(stack, folder);
    file = folder.resolve("loader.conf");
    password = folder.resolve("password");
    Files.writeString(password, stack.redshift().password() + "\n");
  }

  @AfterEach
  void stop() {
    if (loader != null) {
      loader.close();
    }
  }

  @Test
  void readsTheSettingsOfTablesAgainOnSighup() throws Exception {
    write(tables("{ name = \"" + first + "\", copy.max-wait = 1h }"), "");
    init(first, second);
    loader = start();
    send(first, "1,held");
    await().atMost(PATIENCE).until(() -> messages("ApproximateNumberOfMessages") == 0);

    write(tables("{ name = \"" + first + "\" }, { name = \"" + second + "\" }"), "");
    hangUp("tables added [%s], removed [], changed [%s]".formatted(second, first));
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(ids(first)).containsExactly("1"));
    send(second, "2,new");
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(ids(second)).containsExactly("2"));

    write(tables("{ name = \"" + first + "\" }"), "loader.copy.max-files = none");
    hangUp("the settings stay as they were: 1 problem in " + file);
    send(second, "3,still");
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(ids(second)).hasSize(2));

    write(tables("{ name = \"" + first + "\" }"), "loader.shutdown.grace = 7s");
    hangUp("loader.shutdown.grace changed too, which holds only after a restart");
    await().atMost(PATIENCE).until(() -> log().contains("removed [" + second + "]"));
    send(first, "4,last");
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(ids(first)).containsExactly("1", "4"));
    assertThat(loader.terminate(PATIENCE)).isZero();
  }

  @Test
  void pausesAndResumesATableWithoutARestart() throws Exception {
    write(tables("{ name = \"" + first + "\" }, { name = \"" + second + "\" }"), "");
    init(first, second);
    loader = start();

    assertThat(command("pause", "--reason", "it's rebuilt", "--by", "ann"))
        .startsWith("0: " + first + " is paused by ann: it's rebuilt");
    send(first, "1,waits");
    send(second, "2,goes");
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(ids(second)).containsExactly("2"));
    await().atMost(PATIENCE).until(() -> log().contains(first + " was paused by ann"));
    assertThat(ids(first)).isEmpty();
    assertThat(command("resume")).startsWith("0: " + first + " is resumed; it was paused by ann");
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(ids(first)).containsExactly("1"));

    await().atMost(PATIENCE).until(() -> log().contains(first + " is no longer paused"));
    assertThat(log().split(first + " was paused by ann", -1)).hasSize(2);
    assertThat(command("resume")).startsWith("0: " + first + " is not paused");
  }

  @Test
  void pausesAllTablesOverAWrongPasswordAndGoesOnWithANewOneWithoutARestart() throws Exception {
    write(tables("{ name = \"" + first + "\" }, { name = \"" + second + "\" }"), "");
    init(first, second);
    loader = start();
    Files.writeString(password, "outdated-word");
    send(first, "1,a");
    send(second, "2,b");
    await().atMost(PATIENCE).until(() -> log().contains("no table can be loaded"));

    Files.writeString(password, stack.redshift().password());

    await().atMost(PATIENCE).untilAsserted(() -> assertThat(ids(first)).containsExactly("1"));
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(ids(second)).containsExactly("2"));
    assertThat(log())
        .contains("the warehouse lets the loader in again after 1 refused logins")
        .doesNotContain("outdated-word")
        .doesNotContain(" is paused: ");
    assertThat(log().split("no table can be loaded", -1)).hasSize(2);
    assertThat(log().split("alert login/all/", -1)).as("an alert and its end").hasSize(3);
  }

  @Test
  void endsWithTwoAndNamesEverythingThatKeepsItFromStarting() throws IOException {
    write(
        tables("{ name = \"" + first + "\" }, { name = nowhere }"),
        "loader.queue.url = \"" + stack.endpoints().sqs() + "/000000000000/not-there\"");
    init(first);

    assertThat(loaders.run("run", "--config", file.toString()))
        .startsWith("2: ")
        .contains("relation \"public.nowhere\" does not exist")
        .contains("check loader.queue and the permissions on it");
  }

  @Test
  void showsNoSecretWhateverHappens() throws Exception {
    String secret = "Very-Distinctive-Word";
    Files.writeString(password, secret);
    write(tables("{ name = \"" + first + "\" }"), "");
    StringBuilder said = new StringBuilder();
    said.append(loaders.run("run", "--debug", "--config", file.toString()));
    String fixed = "loader.warehouse { password-file = null, password = \"" + secret + "\" }";
    write(tables("{ name = \"" + first + "\" }"), fixed);
    said.append(loaders.run("run", "--debug", "--config", file.toString()));
    said.append(loaders.run("init", "--debug", "--config", file.toString()));
    said.append(command("pause", "--debug", "--reason", "why"));
    String unreachable = fixed + "\nloader.warehouse.url = \"jdbc:redshift://127.0.0.1:1/dev\"";
    write(tables("{ name = \"" + first + "\" }"), unreachable);
    said.append(loaders.run("init", "--debug", "--config", file.toString()));
    String inUrl = "loader.warehouse.url = \"jdbc:redshift://h/d?SessionToken=" + secret + "\"";
    write(tables("{ name = \"" + first + "\" }"), inUrl);
    said.append(loaders.run("run", "--debug", "--config", file.toString()));
    String answer =
        "{\"SecretString\":\"{\\\"username\\\":\\\"%s\\\",\\\"password\\\":\\\"%s\\\"}\"}"
            .formatted(stack.redshift().user(), secret);
    try (AwsStandIn manager = new AwsStandIn("application/x-amz-json-1.1", request -> answer)) {
      String managed =
          "loader { warehouse { user = null, password-file = null, secret = s },"
              + " aws.secrets-manager.endpoint = \"%s\" }";
      write(tables("{ name = \"" + first + "\" }"), managed.formatted(manager.address()));
      said.append(loaders.run("run", "--debug", "--config", file.toString()));
      assertThat(manager.requests()).hasSize(2);
    }
    write(tables("{ name = \"" + first + "\" }"), fixed + "\nloader.warehouse.secret = x");
    said.append(loaders.run("run", "--debug", "--config", file.toString()));

    assertThat(said)
        .contains("password authentication failed")
        .contains("must not carry a password")
        .contains("must have only one of")
        .contains("WarehouseException")
        .doesNotContain(secret)
        .doesNotContain(stack.endpoints().secretKey());
  }

  @Test
  void showsNoSecretInTheProcessListWhileItLoads() throws Exception {
    write(tables("{ name = \"" + first + "\" }"), "");
    init(first);
    loader = start();
    send(first, "1,a");
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(ids(first)).containsExactly("1"));

    ProcessHandle process = ProcessHandle.of(loader.pid()).orElseThrow();
    assertThat(Files.readString(Path.of("/proc/" + loader.pid() + "/cmdline")))
        .contains("sluice-loader")
        .doesNotContain(stack.redshift().password())
        .doesNotContain(stack.endpoints().secretKey());
    assertThat(process.children()).isEmpty();
    assertThat(log())
        .doesNotContain(stack.redshift().password())
        .doesNotContain(stack.endpoints().secretKey());
  }

  private String command(String name, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of(name, "--config", file.toString(), "--table", first.toString()));
    arguments.addAll(List.of(more));
    return loaders.run(arguments.toArray(String[]::new));
  }

  private void init(TableName... tables) throws IOException {
    String before = Files.readString(file);
    StringBuilder all = new StringBuilder();
    for (TableName table : tables) {
      all.append("{ name = \"").append(table).append("\" },");
    }
    write(tables(all.toString()), "");
    assertThat(loaders.run("init", "--config", file.toString())).startsWith("0: ");
    Files.writeString(file, before);
  }

  private ChildProcess start() {
    ChildProcess ready = loaders.start("run", "--config", file.toString());
    await().atMost(PATIENCE).until(() -> LoaderProcess.log(ready).contains("loading ["));
    return ready;
  }

  private void hangUp(String expected) throws Exception {
    assertThat(new ProcessBuilder("kill", "-HUP", Long.toString(loader.pid())).start().waitFor())
        .isZero();
    await().atMost(PATIENCE).until(() -> log().contains(expected));
  }

  private String log() {
    return LoaderProcess.log(loader);
  }

  private static String tables(String entries) {
    return "loader.tables = [" + entries + "]";
  }

  /** Over TLS that is checked, for that is the default. */
  private void write(String tables, String more) throws IOException {
    Files.writeString(
        file,
        """
        loader {
          queue.url = "%s"
          batch-folders = ["s3://%s/x"]
          aws {
            region = us-east-1
            s3 { endpoint = "%s", path-style = true }
            sqs.endpoint = "%s"
          }
          warehouse {
            url = "%s"
            user = "%s"
            %s
            tls.root-cert = "%s"
            iam-role = "arn:aws:iam::123456789012:role/copy"
            ledger.schema = %s
          }
          copy { max-wait = 200ms, min-interval = 0s }
          catch-up.interval = 1s
          health.port = 0
          pause.check-interval = 1s
          shutdown.grace = 5s
        }
        %s
        %s
        """
            .formatted(
                queue,
                bucket,
                stack.endpoints().s3(),
                stack.endpoints().sqs(),
                stack.redshift().url().replace("?ssl=false", ""),
                stack.redshift().user(),
                PASSWORD_FILE.formatted(password),
                stack.redshift().caFile().orElseThrow(),
                schema,
                tables,
                more));
  }

  private void send(TableName table, String line) {
    stack.sqs().sendMessage(queue, ContractJson.write(landed.land(table, line)));
  }

  private List<String> ids(TableName table) {
    return sql.rows("SELECT id FROM " + table + " ORDER BY id");
  }

  private long messages(String attribute) {
    return Long.parseLong(
        stack.sqs().getQueueAttributes(queue, List.of(attribute)).getAttributes().get(attribute));
  }
}
