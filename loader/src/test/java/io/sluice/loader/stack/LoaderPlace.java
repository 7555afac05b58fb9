package io.sluice.loader.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.common.config.SettingsReference;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.ManifestMessage;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.S3ObjectStore;
import io.sluice.loader.cli.LoaderCli;
import io.sluice.loader.load.LoadIds;
import io.sluice.loader.load.Loader;
import io.sluice.loader.load.QuietListener;
import io.sluice.loader.plan.BatchId;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.store.LandedFolder;
import io.sluice.loader.warehouse.RedshiftWarehouse;
import io.sluice.loader.warehouse.TableSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Where the loaders of one test are at work: queues, a bucket with a batch folder, tables and a
 * ledger that nobody else has, and one file of settings. As an extension it ends its loaders behind
 * each test.
 */
public final class LoaderPlace implements AfterEachCallback, AutoCloseable {
  private final LoaderStack stack = LoaderStack.shared();
  private final Sql sql = new Sql(stack);
  private final LoaderQueues queues = new LoaderQueues(stack);
  private final String bucket = stack.newBucket();
  private final String schema = LoaderStack.newName("ledger");
  private final LandedFolder landed =
      new LandedFolder(
          new S3ObjectStore(stack.s3(), bucket), BatchFolder.parse("s3://" + bucket + "/x"));
  private final List<TableName> tables = new ArrayList<>();
  private final List<LoaderProcess> loaders = new ArrayList<>();
  private final Path folder;
  private boolean hasLedger;

  /** With a folder of its own below the build's output. */
  public LoaderPlace() {
    try {
      Path logs = SettingsReference.folder("loader").resolve("target/loader-logs");
      folder = Files.createTempDirectory(Files.createDirectories(logs), "place-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public LoaderStack stack() {
    return stack;
  }

  public Sql sql() {
    return sql;
  }

  /** For settings and logs. */
  public Path folder() {
    return folder;
  }

  public LoaderQueues queues() {
    return queues;
  }

  /** The batch folder, which nobody announces. */
  public LandedFolder landed() {
    return landed;
  }

  /** The ledger's name. */
  public String ledger() {
    return schema + ".ledger";
  }

  /** The table in the ledger's schema that serves as a table's lock, once there is a ledger. */
  public TableName lockOf(TableName table) {
    String lock =
        "SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE n.nspname = '%s' AND relname LIKE 'lock%%%s%%'";
    String name = sql.rows(lock.formatted(schema, table.table())).get(0);
    return TableName.parse(schema + "." + name);
  }

  /** A new, empty table, which the settings name from now on. */
  public TableName newTable(String prefix) {
    TableName table = TableName.parse(LoaderStack.newName(prefix));
    create(table);
    tables.add(table);
    return table;
  }

  /** Makes a table again that was dropped. */
  public void create(TableName table) {
    sql.execute("CREATE TABLE " + table + " (id BIGINT, name VARCHAR(64))");
  }

  /** Settings of tables with nothing but their names. */
  public static String tables(TableName... names) {
    return List.of(names).stream()
        .map(name -> "{ name = \"" + name + "\" }")
        .collect(Collectors.joining(", ", "loader.tables = [", "]"));
  }

  /** Writes the settings of all loaders that start from now on; {@code more} overrides them. */
  public Path configure(String... more) {
    Path file = folder.resolve("loader.conf");
    try {
      Files.writeString(file, settings() + String.join("\n", more) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  /** Runs a command with the settings to its end; returns exit code, a colon, and what was said. */
  public String run(String command, String... more) {
    try (LoaderProcess process = launch(Map.of(), command, more)) {
      return process.awaitExit() + ": " + process.log();
    }
  }

  /** Starts a command with the settings as a process, and does not wait for its end. */
  public LoaderProcess begin(String command, String... more) {
    return launch(Map.of(), command, more);
  }

  /**
   * Runs a command with the settings in this process, which takes a fraction of the time of {@link
   * #run}.
   */
  public Answer ask(String command, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
    arguments.addAll(List.of("--config", settingsFile().toString()));
    arguments.addAll(List.of(more));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        LoaderCli.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments.toArray(String[]::new));
    return new Answer(code, out.toString(), err.toString());
  }

  /** What a command said, and left with. */
  public record Answer(int code, String out, String err) {}

  /** Starts a command with the settings and does not wait for its end. */
  public LoaderProcess launch(String command, String... more) {
    return launch(Map.of(), command, more);
  }

  /** Starts the daemon with the settings as they are, behind a ledger. */
  public LoaderProcess start() {
    return start(Map.of());
  }

  /** The same with more in its environment. */
  public LoaderProcess start(Map<String, String> environment) {
    makeLedger();
    return launch(environment, "run");
  }

  /** What {@code init} does, without a process. */
  public void makeLedger() {
    if (!hasLedger) {
      new RedshiftWarehouse(stack.warehouse(schema)).initialise(tables);
      hasLedger = true;
    }
  }

  /** Loads batches of one table by one COPY, in this process and behind a ledger. */
  public void load(ManifestMessage... messages) {
    makeLedger();
    List<BatchId> batches = Stream.of(messages).map(LandedFolder::id).toList();
    BatchFolders folders =
        new BatchFolders(List.of(landed.folder()), name -> new S3ObjectStore(stack.s3(), name));
    new Loader(
            new RedshiftWarehouse(stack.warehouse(schema)),
            folders,
            new LoadIds(Clock.systemUTC(), new SecureRandom()),
            "test:1",
            Clock.systemUTC(),
            TableSettings.DEFAULT_MAX_BAD_FILES)
        .load(messages[0].table(), batches, new QuietListener());
  }

  /** Lands a batch of one line and announces it. */
  public ManifestMessage announce(TableName table, String line) {
    ManifestMessage message = landed.land(table, line);
    queues.send(message);
    return message;
  }

  /** The table's ids in order. */
  public List<String> ids(TableName table) {
    return sql.rows("SELECT id FROM " + table + " ORDER BY id");
  }

  /** Waits until the table has these ids and no others. */
  public void awaitIds(TableName table, String... ids) {
    await()
        .atMost(LoaderProcess.PATIENCE)
        .untilAsserted(() -> assertThat(ids(table)).containsExactly(ids));
  }

  /** How many loads wait behind the locks of others. */
  public long waitingForLocks() {
    String waiting =
        "SELECT COUNT(*) FROM pg_locks l JOIN pg_class c ON c.oid = l.relation"
            + " JOIN pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE NOT l.granted AND c.relname LIKE 'lock%%' AND n.nspname = '%s'";
    return Long.parseLong(sql.rows(waiting.formatted(schema)).get(0));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    close();
  }

  @Override
  public void close() {
    loaders.forEach(LoaderProcess::close);
  }

  private LoaderProcess launch(Map<String, String> environment, String command, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of(command, "--config", settingsFile().toString()));
    arguments.addAll(List.of(more));
    Path log = folder.resolve("loader-" + (loaders.size() + 1) + ".log");
    LoaderProcess process = LoaderProcess.start(stack, log, environment, arguments);
    loaders.add(process);
    return process;
  }

  private Path settingsFile() {
    Path file = folder.resolve("loader.conf");
    return Files.exists(file) ? file : configure();
  }

  private String settings() {
    return """
        loader {
          queue { url = "%s", dead-letter-url = "%s" }
          batch-folders = ["s3://%s/x"]
          aws {
            region = us-east-1
            s3 { endpoint = "%s", path-style = true }
            sqs.endpoint = "%s"
          }
          warehouse {
            url = "%s"
            user = "%s"
            password = "%s"
            iam-role = "arn:aws:iam::123456789012:role/copy"
            ledger.schema = %s
          }
          copy { max-wait = 200ms, min-interval = 0s }
          catch-up.interval = 1s
          pause.check-interval = 1s
          health.port = 0
          shutdown.grace = 5s
        }
        %s
        """
        .formatted(
            queues.url(),
            queues.deadLetterUrl(),
            bucket,
            stack.endpoints().s3(),
            stack.endpoints().sqs(),
            stack.redshift().url(),
            stack.redshift().user(),
            stack.redshift().password(),
            schema,
            tables(tables.toArray(TableName[]::new)));
  }
}
