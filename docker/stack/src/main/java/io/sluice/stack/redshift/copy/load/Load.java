package io.sluice.stack.redshift.copy.load;

import io.sluice.stack.redshift.copy.Cancellation;
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
import io.sluice.stack.redshift.wire.ServerError;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Reads the files of one COPY, one after another, in bounded memory, and hands the checked rows to
 * a sink. Run by one thread.
 */
public final class Load {
  private static final int BATCH = 1 << 16;

  private final CopyTarget target;
  private final CopyOptions options;
  private final List<TargetColumn> columns;
  private final CopyObjects objects;
  private final LoadJournal journal;
  private final Cancellation cancellation;
  private final RowConverter converter;
  private final CopyText rows = new CopyText();

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
      LoadJournal journal,
      Cancellation cancellation) {
    this.target = target;
    this.options = statement.options();
    this.columns = List.copyOf(columns);
    this.objects = objects;
    this.journal = journal;
    this.cancellation = cancellation;
    this.converter = new RowConverter(columns, options);
  }

  /**
   * Loads all files.
   *
   * @throws CopyFailure if the load must fail: too many bad rows, an unreadable file, or a
   *     cancellation
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

  private void load(SourceFile file, RowSink sink) throws CopyFailure, IOException {
    try (InputStream stored = objects.open(file.url().bucket(), file.url().key());
        InputStream unpacked = Decompression.unpack(stored, options.compression())) {
      CsvReader reader = new CsvReader(unpacked, options.delimiter(), options.quote());
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
      throw cancellation.or(SourceFiles.refused(e, "Reading " + file.url()));
    } catch (IOException e) {
      throw cancellation.or(unreadable(file, e));
    }
    cancellation.check();
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
    cancellation.check();
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
