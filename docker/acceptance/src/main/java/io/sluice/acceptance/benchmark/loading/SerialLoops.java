package io.sluice.acceptance.benchmark.loading;

import com.amazonaws.services.sqs.AmazonSQS;
import com.amazonaws.services.sqs.model.Message;
import com.amazonaws.services.sqs.model.ReceiveMessageRequest;
import io.sluice.common.config.Secret;
import io.sluice.common.manifest.ContractJson;
import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.ManifestMessage;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.load.LoadException;
import io.sluice.loader.load.LoadIds;
import io.sluice.loader.load.LoadListener;
import io.sluice.loader.load.LoadOutcome;
import io.sluice.loader.load.Loader;
import io.sluice.loader.plan.BatchId;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.warehouse.RedshiftWarehouse;
import io.sluice.loader.warehouse.TableSettings;
import io.sluice.loader.warehouse.WarehouseSettings;
import io.sluice.stack.process.StackEndpoints;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Loops that load a batch a COPY, one after another: receive, load, delete. Each has one batch
 * behind it when its time begins.
 */
final class SerialLoops {
  private static final double NANOS = 1e9;

  private final Stand stand;
  private final LandedEvents landed;
  private final TableName table;
  private final String queue;
  private final Loader loader;

  SerialLoops(Stand stand, LandedEvents landed, TableName table, String queue) {
    this.stand = stand;
    this.landed = landed;
    this.table = table;
    this.queue = queue;
    this.loader =
        new Loader(
            new RedshiftWarehouse(warehouse(stand.endpoints())),
            new BatchFolders(List.of(landed.log().folder()), bucket -> stand.store()),
            new LoadIds(Clock.systemUTC(), new SecureRandom()),
            "benchmark:1",
            Clock.systemUTC(),
            TableSettings.DEFAULT_MAX_BAD_FILES);
  }

  /** Loads one batch that a message has announced. */
  @FunctionalInterface
  private interface Load {
    void load(ManifestMessage announced) throws SQLException;
  }

  /** With the promise of the loader, by its own classes: lock, ledger, count, and one session. */
  double asTheLoader() throws SQLException {
    return serially(
        announced ->
            loader.load(
                table,
                List.of(new BatchId(announced.batchFolder(), announced.manifest(), table)),
                new Strict()));
  }

  /** What one writes on an afternoon: manifest, COPY, commit. */
  double unchecked() throws SQLException {
    try (Connection connection = stand.clients().warehouse();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      return serially(
          announced -> {
            Manifest manifest = landed.log().read(announced.manifest()).orElseThrow();
            statement.execute(RawCopy.of(table, landed.putCopyManifest(manifest.batches())));
            connection.commit();
          });
    }
  }

  private double serially(Load load) throws SQLException {
    stand.send(queue, landed.landMore(1));
    long begun = 0;
    int loaded = 0;
    while (loaded <= landed.size().batches()) {
      for (Message message : receive()) {
        load.load(ContractJson.readMessage(message.getBody()));
        if (loaded++ == 0) {
          begun = System.nanoTime();
        }
        sqs().deleteMessage(queue, message.getReceiptHandle());
      }
    }
    return (System.nanoTime() - begun) / NANOS;
  }

  private List<Message> receive() {
    return sqs()
        .receiveMessage(
            new ReceiveMessageRequest(queue).withMaxNumberOfMessages(10).withWaitTimeSeconds(1))
        .getMessages();
  }

  private AmazonSQS sqs() {
    return stand.clients().sqs();
  }

  private static WarehouseSettings warehouse(StackEndpoints stack) {
    StackEndpoints.Redshift redshift = stack.redshift().orElseThrow();
    return new WarehouseSettings(
        redshift.url(),
        redshift.user(),
        new Secret(redshift.password()),
        "default",
        LoaderSettings.LEDGER_SCHEMA,
        WarehouseSettings.STATEMENT_TIMEOUT,
        Optional.empty());
  }

  /** Nothing may go wrong. */
  private static final class Strict implements LoadListener {
    @Override
    public void settled(LoadOutcome outcome) {
      if (outcome.loaded().size() != 1) {
        throw new IllegalStateException("a batch was loaded already: " + outcome);
      }
    }

    @Override
    public boolean mayStillCome(BatchId batch) {
      return false;
    }

    @Override
    public void refused(BatchId batch, LoadException reason) {
      throw new IllegalStateException(batch + " was refused", reason);
    }
  }
}
