package io.sluice.stack.redshift.copy.load;

import io.sluice.stack.redshift.copy.Cancellation;
import io.sluice.stack.redshift.copy.CopyFailure;
import io.sluice.stack.redshift.copy.LoadError;
import io.sluice.stack.redshift.copy.LoadRefusal;
import io.sluice.stack.redshift.copy.convert.CopyText;
import io.sluice.stack.redshift.copy.convert.RowConverter;
import io.sluice.stack.redshift.copy.format.BadFileException;
import io.sluice.stack.redshift.copy.format.RowFormat;
import io.sluice.stack.redshift.copy.format.RowFormats;
import io.sluice.stack.redshift.copy.format.RowReader;
import io.sluice.stack.redshift.copy.format.ScanException;
import io.sluice.stack.redshift.copy.grammar.CopyOptions;
import io.sluice.stack.redshift.copy.grammar.CopyOptions.Compression;
import io.sluice.stack.redshift.copy.grammar.CopyOptions.Flag;
import io.sluice.stack.redshift.copy.grammar.CopyStatement;
import io.sluice.stack.redshift.copy.load.LoadJournal.LoadResult;
import io.sluice.stack.redshift.copy.source.CopyObjects;
import io.sluice.stack.redshift.copy.source.Decompression;
import io.sluice.stack.redshift.copy.source.ObjectException;
import io.sluice.stack.redshift.copy.source.SourceFiles;
import io.sluice.stack.redshift.copy.source.SourceFiles.SourceFile;
import io.sluice.stack.redshift.copy.target.TargetColumn;
import io.sluice.stack.redshift.wire.ServerError;
import java.io.EOFException;
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
  private final RefusedRows refused;
  private final CopyText rows = new CopyText();

  private long loaded;
  private long bytes;
  private int files;

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
    this.refused = new RefusedRows(target, columns, options.maximumErrors(), journal);
  }

  /**
   * Loads all files.
   *
   * @throws CopyFailure if the load must fail: too many bad rows, an unreadable file, or a
   *     cancellation
   * @throws IOException if the sink fails
   */
  public void run(List<SourceFile> sources, RowSink sink) throws CopyFailure, IOException {
    RowFormat format = RowFormats.of(options, columns, objects);
    for (SourceFile file : sources) {
      load(file, format, sink);
      files++;
    }
    flush(sink);
  }

  /** What has been done so far; read by the thread that runs the load. */
  public LoadResult result() {
    return new LoadResult(options.has(Flag.NOLOAD) ? 0 : loaded, bytes, files, refused.count());
  }

  private String fileFormat() {
    return options.format().systemName();
  }

  private void load(SourceFile file, RowFormat format, RowSink sink)
      throws CopyFailure, IOException {
    try (InputStream stored = objects.open(file.url().bucket(), file.url().key());
        InputStream unpacked = Decompression.unpack(stored, compression(file));
        RowReader reader = format.open(unpacked)) {
      long errorsBefore = refused.count();
      while (row(file, reader)) {
        if (rows.length() >= BATCH) {
          flush(sink);
        }
      }
      bytes += reader.bytes();
      journal.fileDone(target, file, fileFormat(), reader.lines(), refused.count() - errorsBefore);
    } catch (SinkException e) {
      throw e.cause();
    } catch (BadFileException e) {
      refused.addFile(file, e.refusal());
    } catch (ScanException e) {
      throw cancellation.or(refused.failed(file, e));
    } catch (ObjectException e) {
      throw cancellation.or(SourceFiles.refused(e, "Reading " + file.url()));
    } catch (IOException e) {
      throw cancellation.or(unreadable(file, e));
    }
    cancellation.check();
  }

  /** Columnar files are unpacked by their names' endings ("COPY from columnar data formats"). */
  private Compression compression(SourceFile file) {
    if (!options.format().isColumnar()) {
      return options.compression();
    }
    String key = file.url().key();
    return key.endsWith(".gz")
        ? Compression.GZIP
        : key.endsWith(".bz2") ? Compression.BZIP2 : Compression.NONE;
  }

  /** Takes one row; false at the end of the file. */
  private boolean row(SourceFile file, RowReader reader) throws IOException, CopyFailure {
    boolean inRow = false;
    try {
      if (!reader.next()) {
        return false;
      }
      inRow = true;
      if (reader.isBlank()) {
        if (options.has(Flag.IGNOREBLANKLINES)) {
          return true;
        }
        if (columns.size() > 1) {
          throw LoadError.EMPTY_LINE.refusal();
        }
      }
      converter.convert(reader.row(), rows);
      loaded++;
    } catch (LoadRefusal e) {
      refused.add(file, reader, inRow ? converter.column() : reader.row().fields() - 1, e);
    }
    return true;
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
    String reason = e instanceof EOFException ? "Unexpected end of file" : e.getMessage();
    String text = compression(file) + " file cannot be read: " + reason;
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
