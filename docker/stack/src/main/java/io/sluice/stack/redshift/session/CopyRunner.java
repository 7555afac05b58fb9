package io.sluice.stack.redshift.session;

import io.sluice.stack.redshift.copy.Cancellation;
import io.sluice.stack.redshift.copy.CopyFailure;
import io.sluice.stack.redshift.copy.grammar.CopyOptions.Flag;
import io.sluice.stack.redshift.copy.grammar.CopyStatement;
import io.sluice.stack.redshift.copy.load.CopyTarget;
import io.sluice.stack.redshift.copy.load.Load;
import io.sluice.stack.redshift.copy.load.LoadJournal;
import io.sluice.stack.redshift.copy.load.LoadJournal.LoadResult;
import io.sluice.stack.redshift.copy.load.RowSink;
import io.sluice.stack.redshift.copy.load.WatchedObjects;
import io.sluice.stack.redshift.copy.source.BackgroundObjects;
import io.sluice.stack.redshift.copy.source.CopyObjects;
import io.sluice.stack.redshift.copy.source.SourceFiles;
import io.sluice.stack.redshift.copy.source.SourceFiles.SourceFile;
import io.sluice.stack.redshift.copy.target.TargetColumn;
import io.sluice.stack.redshift.fault.Verdict;
import io.sluice.stack.redshift.fault.Verdict.Action;
import io.sluice.stack.redshift.session.ExpectedAnswer.Kind;
import io.sluice.stack.redshift.session.ExpectedAnswer.Origin;
import io.sluice.stack.redshift.wire.Message;
import io.sluice.stack.redshift.wire.MessageWriter;
import io.sluice.stack.redshift.wire.ServerError;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Carries out COPY in the place of the client's Execute: looks the target up, opens the database's
 * own COPY, feeds it and says what Redshift would say. Runs on the client's thread, which reads
 * nothing from the client meanwhile: the client's Sync must not overtake the data.
 */
final class CopyRunner {
  private final Requests requests;
  private final Peer peer;
  private final MessageWriter client;
  private final IsolationGuard isolation;
  private final SessionContext context;
  private final Runnable cancelInDatabase;
  private final BooleanSupplier abandoned;
  private final AtomicReference<Cancellation> running = new AtomicReference<>();

  /** A load that is ready to begin. */
  private record Prepared(
      CopyTarget target, List<TargetColumn> columns, List<SourceFile> files, boolean losesClient) {}

  /**
   * Answers through {@code peer}. {@code cancelInDatabase} ends a wait for the target's lock,
   * {@code abandoned} tells whether the client is gone and its COPY with it.
   */
  CopyRunner(
      Requests requests,
      Peer peer,
      IsolationGuard isolation,
      SessionContext context,
      Runnable cancelInDatabase,
      BooleanSupplier abandoned) {
    this.requests = requests;
    this.peer = peer;
    this.client = peer.writer();
    this.isolation = isolation;
    this.context = context;
    this.cancelInDatabase = cancelInDatabase;
    this.abandoned = abandoned;
  }

  /** Cancels the COPY that runs now, whatever it is at; false if there is none. For any thread. */
  boolean cancel() {
    Cancellation current = running.get();
    if (current == null) {
      return false;
    }
    current.cancel();
    return true;
  }

  /** Runs a COPY to its end, good or bad; the client then knows which. */
  void run(CopyStatement statement, int pid) throws IOException, InterruptedException {
    Cancellation cancellation = new Cancellation(abandoned);
    CopyObjects watched = new WatchedObjects(context.objects(), context.faults());
    running.set(cancellation);
    try (BackgroundObjects objects = new BackgroundObjects(watched, cancellation)) {
      run(statement, pid, objects, cancellation);
    } finally {
      running.set(null);
    }
  }

  private void run(CopyStatement statement, int pid, CopyObjects objects, Cancellation cancellation)
      throws IOException, InterruptedException {
    long begun = System.nanoTime();
    // The answer to a BEGIN before it must not wait behind the look-up, which may wait for a lock.
    requests.hurry();
    ExpectedAnswer lookUp = requests.ask(CopyTarget.LOOK_UP, statement.quotedTable());
    if (!awaitLock(lookUp, cancellation) || !isolation.admits(null)) {
      return;
    }
    ScheduledFuture<?> deadline = null;
    try {
      CopyTarget target = CopyTarget.read(lookUp.rows(), statement);
      cancellation.ofQuery(target.queryId());
      deadline = deadline(cancellation, target.statementTimeoutMillis(), begun);
      boolean losesClient = struck(context.faults().copy(pid, target.tableName()), cancellation);
      load(statement, prepare(statement, target, objects, losesClient), objects, cancellation);
    } catch (CopyFailure e) {
      requests.fail(cancellation.or(e).error()).awaitDone();
    } finally {
      if (deadline != null) {
        deadline.cancel(false);
      }
    }
  }

  /** The look-up waits for the target's lock, perhaps long: a cancelled one is cancelled there. */
  private boolean awaitLock(ExpectedAnswer lookUp, Cancellation cancellation)
      throws InterruptedException {
    while (!lookUp.awaitOver(Cancellation.PATIENCE)) {
      if (cancellation.isCancelled()) {
        cancelInDatabase.run();
        break;
      }
    }
    return lookUp.awaitDone();
  }

  /** The time that the look-up waited counts, as on Redshift. */
  private ScheduledFuture<?> deadline(Cancellation cancellation, long millis, long begun) {
    long left = TimeUnit.MILLISECONDS.toNanos(millis) - (System.nanoTime() - begun);
    return millis == 0
        ? null
        : context.timer().schedule(cancellation::cancel, left, TimeUnit.NANOSECONDS);
  }

  /** Does what was ordered; whether the client's connection is to be lost in mid-COPY. */
  private boolean struck(Verdict verdict, Cancellation cancellation)
      throws CopyFailure, InterruptedException {
    switch (verdict.action()) {
      case FAIL -> throw new CopyFailure(verdict.error());
      case WAIT -> cancellation.await(verdict.duration());
      case HOLD -> {
        new Holding(context.faults(), cancellation::isCancelled).await(verdict);
        cancellation.check();
      }
      case PAUSE, RESTART -> {
        context.cluster().goesDown(verdict);
        cancellation.check();
      }
      case PROCEED, LOSE_FIRST, LOSE_MEANWHILE -> {}
    }
    return verdict.action() == Action.LOSE_MEANWHILE;
  }

  private static Prepared prepare(
      CopyStatement statement, CopyTarget target, CopyObjects objects, boolean losesClient)
      throws CopyFailure {
    List<TargetColumn> columns = target.filledBy(statement);
    SourceFiles sources = new SourceFiles(objects);
    List<SourceFile> files =
        statement.options().has(Flag.MANIFEST)
            ? sources.ofManifest(statement.source(), statement.options().format().isColumnar())
            : sources.belowPrefix(statement.source());
    return new Prepared(target, columns, files, losesClient);
  }

  private void load(
      CopyStatement statement, Prepared prepared, CopyObjects objects, Cancellation cancellation)
      throws IOException, InterruptedException {
    LoadJournal journal = context.journal();
    CopyTarget target = prepared.target();
    journal.started(
        target,
        statement.source().toString(),
        statement.options().format().systemName(),
        prepared.files());
    Load load = new Load(target, statement, prepared.columns(), objects, journal, cancellation);
    boolean loaded = false;
    try {
      loaded = feed(prepared, statement, load);
    } finally {
      journal.ended(target, loaded ? "completed" : "aborted", load.result());
    }
    if (loaded && prepared.losesClient()) {
      commitWithoutClient();
    } else if (loaded) {
      tellSuccess(target, statement, load.result());
    }
  }

  /** What is a transaction of its own commits, though the client's Sync will never come. */
  private void commitWithoutClient() throws IOException, InterruptedException {
    if (!abandoned.getAsBoolean()) {
      ExpectedAnswer synced = ExpectedAnswer.of(Kind.SYNC, Origin.GATEWAY);
      requests.send(Message.empty('S'), synced);
      requests.flush();
      synced.awaitDone();
    }
  }

  private boolean feed(Prepared prepared, CopyStatement statement, Load load)
      throws IOException, InterruptedException {
    ExpectedAnswer copy = requests.ask(copyFromGateway(statement, prepared.columns()));
    if (!copy.awaitCopyIn()) {
      return false;
    }
    if (prepared.losesClient()) {
      peer.breakOff();
    }
    try {
      load.run(prepared.files(), new DatabaseSink(copy));
      requests.copyDone();
    } catch (CopyFailure e) {
      copy.replaceError(e.error());
      requests.copyFail(e.getMessage());
    }
    return copy.awaitDone();
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
    // Without a Sync behind it nothing else would send this.
    client.flush();
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
