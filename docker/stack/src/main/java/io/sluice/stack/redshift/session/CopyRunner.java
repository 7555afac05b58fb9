package io.sluice.stack.redshift.session;

import io.sluice.stack.redshift.copy.CopyFailure;
import io.sluice.stack.redshift.copy.convert.TargetColumn;
import io.sluice.stack.redshift.copy.grammar.CopyOptions.Flag;
import io.sluice.stack.redshift.copy.grammar.CopyStatement;
import io.sluice.stack.redshift.copy.load.CopyTarget;
import io.sluice.stack.redshift.copy.load.Load;
import io.sluice.stack.redshift.copy.load.LoadJournal.LoadResult;
import io.sluice.stack.redshift.copy.load.RowSink;
import io.sluice.stack.redshift.copy.source.SourceFiles;
import io.sluice.stack.redshift.copy.source.SourceFiles.SourceFile;
import io.sluice.stack.redshift.wire.Message;
import io.sluice.stack.redshift.wire.MessageWriter;
import io.sluice.stack.redshift.wire.ServerError;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/**
 * Carries out COPY in the place of the client's Execute: looks the target up, opens the database's
 * own COPY, feeds it and says what Redshift would say. Runs on the client's thread, which reads
 * nothing from the client meanwhile: the client's Sync must not overtake the data.
 */
final class CopyRunner {
  private final Requests requests;
  private final MessageWriter client;
  private final SessionContext context;
  private final AtomicReference<RunningLoad> running = new AtomicReference<>();

  private record RunningLoad(Load load, long queryId) {
    void cancel() {
      load.stop(ServerError.error("57014", "Query (" + queryId + ") cancelled on user's request"));
    }
  }

  /** A load that is ready to begin. */
  private record Prepared(CopyTarget target, List<TargetColumn> columns, List<SourceFile> files) {}

  CopyRunner(Requests requests, MessageWriter client, SessionContext context) {
    this.requests = requests;
    this.client = client;
    this.context = context;
  }

  /** Stops the load that runs now; false if there is none. For any thread. */
  boolean cancel() {
    RunningLoad load = running.get();
    if (load == null) {
      return false;
    }
    load.cancel();
    return true;
  }

  /** Runs a load to its end, good or bad; the client then knows which. */
  void run(CopyStatement statement, int pid) throws IOException, InterruptedException {
    ExpectedAnswer lookUp = requests.ask(CopyTarget.LOOK_UP, statement.quotedTable());
    if (!lookUp.awaitDone()) {
      return;
    }
    Prepared prepared;
    try {
      prepared = prepare(statement, lookUp.rows(), pid);
    } catch (CopyFailure e) {
      requests.fail(e.error()).awaitDone();
      return;
    }
    context.journal().started(prepared.target(), statement.source().toString(), prepared.files());
    Load load =
        new Load(
            prepared.target(),
            statement,
            prepared.columns(),
            context.objects(),
            context.faults(),
            context.journal());
    boolean loaded = false;
    try {
      loaded = feed(prepared, statement, load);
    } finally {
      context.journal().ended(prepared.target(), loaded ? "completed" : "aborted", load.result());
    }
    if (loaded) {
      tellSuccess(prepared.target(), statement, load.result());
    }
  }

  private Prepared prepare(CopyStatement statement, List<List<String>> rows, int pid)
      throws CopyFailure {
    CopyTarget target = CopyTarget.read(rows, statement);
    Optional<ServerError> fault = context.faults().copyStarts(pid, target.tableName());
    if (fault.isPresent()) {
      throw new CopyFailure(fault.get());
    }
    List<TargetColumn> columns = target.filledBy(statement);
    SourceFiles sources = new SourceFiles(context.objects());
    List<SourceFile> files =
        statement.options().has(Flag.MANIFEST)
            ? sources.ofManifest(statement.source())
            : sources.belowPrefix(statement.source());
    return new Prepared(target, columns, files);
  }

  private boolean feed(Prepared prepared, CopyStatement statement, Load load)
      throws IOException, InterruptedException {
    ExpectedAnswer copy = requests.ask(copyFromGateway(statement, prepared.columns()));
    if (!copy.awaitCopyIn()) {
      return false;
    }
    RunningLoad current = new RunningLoad(load, prepared.target().queryId());
    running.set(current);
    ScheduledFuture<?> deadline = deadline(current, prepared.target().statementTimeoutMillis());
    try {
      load.run(prepared.files(), new DatabaseSink(copy));
      requests.copyDone();
    } catch (CopyFailure e) {
      copy.replaceError(e.error());
      requests.copyFail(e.getMessage());
    } finally {
      running.set(null);
      if (deadline != null) {
        deadline.cancel(false);
      }
    }
    return copy.awaitDone();
  }

  private ScheduledFuture<?> deadline(RunningLoad load, long millis) {
    return millis == 0
        ? null
        : context.timer().schedule(load::cancel, millis, TimeUnit.MILLISECONDS);
  }

  private static String copyFromGateway(CopyStatement statement, List<TargetColumn> columns) {
    String names =
        columns.stream().map(c -> CopyStatement.quote(c.name())).collect(Collectors.joining(", "));
    return "copy " + statement.quotedTable() + " (" + names + ") from stdin";
  }

  private void tellSuccess(CopyTarget target, CopyStatement statement, LoadResult result)
      throws IOException, InterruptedException {
    long rows = statement.options().has(Flag.NOLOAD) ? 0 : result.rows();
    if (!requests.ask("select redshift.copy_done($1)", Long.toString(rows)).awaitDone()) {
      return;
    }
    String completed = "Load into table '" + target.tableName() + "' completed, ";
    client.write(ServerError.info(completed + rows + " record(s) loaded successfully.").asNotice());
    if (result.errors() > 0) {
      client.write(
          ServerError.info(
                  completed
                      + result.errors()
                      + " record(s) could not be loaded.  Check 'stl_load_errors' system table for details.")
              .asNotice());
    }
    client.write(Message.commandComplete("COPY"));
  }

  /** The database's COPY from the gateway. */
  private final class DatabaseSink implements RowSink {
    private final ExpectedAnswer copy;

    DatabaseSink(ExpectedAnswer copy) {
      this.copy = copy;
    }

    @Override
    public void write(byte[] rows, int length) throws IOException {
      requests.copyData(rows, length);
    }

    @Override
    public boolean isClosed() {
      return copy.isOver();
    }
  }
}
