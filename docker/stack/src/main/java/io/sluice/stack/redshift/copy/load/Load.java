package io.sluice.stack.redshift.copy.load;

import io.sluice.stack.redshift.copy.CopyFailure;
import io.sluice.stack.redshift.copy.LoadRefusal;
import io.sluice.stack.redshift.copy.LoadRefusal.Code;
import io.sluice.stack.redshift.copy.convert.CopyText;
import io.sluice.stack.redshift.copy.convert.RowConverter;
import io.sluice.stack.redshift.copy.convert.TargetColumn;
import io.sluice.stack.redshift.copy.format.CsvReader;
import io.sluice.stack.redshift.copy.grammar.CopyOptions;
import io.sluice.stack.redshift.copy.grammar.CopyOptions.Flag;
import io.sluice.stack.redshift.copy.grammar.CopyStatement;
import io.sluice.stack.redshift.copy.load.LoadJournal.BadRow;
import io.sluice.stack.redshift.copy.load.LoadJournal.LoadResult;
import io.sluice.stack.redshift.copy.source.CopyObjects;
import io.sluice.stack.redshift.copy.source.Decompression;
import io.sluice.stack.redshift.copy.source.ObjectException;
import io.sluice.stack.redshift.copy.source.SourceFiles;
import io.sluice.stack.redshift.copy.source.SourceFiles.SourceFile;
import io.sluice.stack.redshift.fault.FaultPoints;
import io.sluice.stack.redshift.wire.ServerError;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Reads the files of one COPY, one after another, in bounded memory, and hands the checked rows to
 * a sink. Run by one thread; {@link #stop} may be called by any other.
 */
public final class Load {
  private static final int BATCH = 1 << 16;

  private final CopyTarget target;
  private final CopyOptions options;
  private final List<TargetColumn> columns;
  private final CopyObjects objects;
  private final FaultPoints faults;
  private final LoadJournal journal;
  private final RowConverter converter;
  private final CopyText rows = new CopyText();

  private volatile ServerError stopped;
  private volatile InputStream reading;
  private long loaded;
  private long bytes;
  private int files;
  private long errors;

  /** Prepares a load of {@code columns}, which are the target's columns that the files fill. */
  public Load(
      CopyTarget target,
      CopyStatement statement,
      List<TargetColumn> columns,
      CopyObjects objects,
      FaultPoints faults,
      LoadJournal journal) {
    this.target = target;
    this.options = statement.options();
    this.columns = List.copyOf(columns);
    this.objects = objects;
    this.faults = faults;
    this.journal = journal;
    this.converter = new RowConverter(columns, options);
  }

  /**
   * Loads all files.
   *
   * @throws CopyFailure if the load must fail: too many bad rows, an unreadable file, or {@link
   *     #stop}
   * @throws IOException if the sink fails
   */
  public void run(List<SourceFile> sources, RowSink sink) throws CopyFailure, IOException {
    for (SourceFile file : sources) {
      load(file, sink);
      files++;
    }
    flush(sink);
  }

  /** What has been done so far; read by the thread that runs the load. */
  public LoadResult result() {
    return new LoadResult(loaded, bytes, files, errors);
  }

  /** Makes the load fail soon with this error, even while it waits for a file. */
  public void stop(ServerError reason) {
    stopped = reason;
    InputStream open = reading;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // The reader fails or ends by itself: it looks at the reason after every read.
      }
    }
  }

  private void load(SourceFile file, RowSink sink) throws CopyFailure, IOException {
    try (InputStream stored = open(file)) {
      reading = stored;
      CsvReader reader =
          new CsvReader(
              Decompression.unpack(stored, options.compression()),
              options.delimiter(),
              options.quote());
      long errorsBefore = errors;
      for (int i = 0; i < options.ignoredHeaderLines(); i++) {
        reader.skipLine();
      }
      while (row(file, reader)) {
        if (rows.length() >= BATCH) {
          flush(sink);
        }
      }
      bytes += reader.bytes();
      journal.fileDone(target, file, reader.lines(), errors - errorsBefore);
    } catch (SinkException e) {
      throw e.cause();
    } catch (ObjectException e) {
      throw stopOr(SourceFiles.refused(e, "Reading " + file.url()));
    } catch (IOException e) {
      throw stopOr(unreadable(file, e));
    } finally {
      reading = null;
    }
    checkStopped();
  }

  private InputStream open(SourceFile file) throws ObjectException {
    return new WatchedObject(
        objects.open(file.url().bucket(), file.url().key()), file.url(), faults);
  }

  /** Takes one row; false at the end of the file. */
  private boolean row(SourceFile file, CsvReader reader) throws IOException, CopyFailure {
    boolean inRow = false;
    try {
      if (!reader.next()) {
        return false;
      }
      inRow = true;
      if (reader.isEmptyLine() && columns.size() > 1) {
        if (options.has(Flag.IGNOREBLANKLINES)) {
          return true;
        }
        throw new LoadRefusal(Code.EMPTY_LINE, "Input line contained no data");
      }
      converter.convert(reader, rows);
      loaded++;
    } catch (LoadRefusal e) {
      refused(
          file,
          reader,
          inRow ? converter.column() : Math.min(reader.fields(), columns.size() - 1),
          e);
    }
    return true;
  }

  private void refused(SourceFile file, CsvReader reader, int index, LoadRefusal refusal)
      throws CopyFailure {
    errors++;
    TargetColumn column = columns.get(index);
    journal.refused(
        target,
        new BadRow(
            file.url().toString(),
            reader.line(),
            index,
            column.name(),
            column.type().kind().systemName(),
            column.type().shownLength(),
            reader.rawLine(),
            reader.text(index),
            refusal.code().number(),
            refusal.getMessage()));
    if (errors >= options.maximumErrors()) {
      throw new CopyFailure(
          ServerError.error(
              "XX000",
              "Load into table '%s' failed.  Check 'stl_load_errors' system table for details."
                  .formatted(target.tableName())));
    }
  }

  private void flush(RowSink sink) throws CopyFailure, SinkException {
    checkStopped();
    if (rows.length() > 0 && !options.has(Flag.NOLOAD) && !sink.isClosed()) {
      try {
        sink.write(rows.bytes(), rows.length());
      } catch (IOException e) {
        throw new SinkException(e);
      }
    }
    rows.truncate(0);
    if (sink.isClosed()) {
      throw new CopyFailure(ServerError.error("57014", "The database ended the load"));
    }
  }

  private void checkStopped() throws CopyFailure {
    ServerError reason = stopped;
    if (reason != null) {
      throw new CopyFailure(reason);
    }
  }

  /** Whatever a stopped load meets is the stop's own doing. */
  private CopyFailure stopOr(CopyFailure failure) {
    ServerError reason = stopped;
    return reason == null ? failure : new CopyFailure(reason);
  }

  private CopyFailure unreadable(SourceFile file, IOException e) {
    String text = options.compression() + " file cannot be read: " + e.getMessage();
    return CopyFailure.internal(9001, text, "Reading " + file.url());
  }

  /** Tells a failing sink from a failing file. */
  private static final class SinkException extends IOException {
    private static final long serialVersionUID = 1L;

    SinkException(IOException cause) {
      super(cause);
    }

    IOException cause() {
      return (IOException) getCause();
    }
  }
}
