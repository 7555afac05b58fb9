package io.sluice.stack.redshift.copy.load;

import io.sluice.stack.redshift.copy.source.SourceFiles.SourceFile;
import java.util.List;

/**
 * Where loads leave their traces. They are written at once and outside the client's transaction:
 * they survive its rollback. Safe for many threads.
 */
public interface LoadJournal {
  /** A load has begun and knows its files. */
  void started(CopyTarget target, String source, String format, List<SourceFile> files);

  /** A row did not load. */
  void refused(CopyTarget target, BadRow row);

  /** A file has been read to its end. */
  void fileDone(CopyTarget target, SourceFile file, String format, long lines, long errors);

  /** The load has ended. {@code status} is "completed" or "aborted". */
  void ended(CopyTarget target, String status, LoadResult result);

  /** What a load did: rows and unpacked bytes loaded, files read, rows refused. */
  record LoadResult(long rows, long bytes, int files, long errors) {}

  /**
   * A row that did not load.
   *
   * @param column the bad field's column; it, its type and the value are empty if no one field is
   *     bad
   * @param fields the row's fields up to the bad one
   */
  record BadRow(
      String file,
      long line,
      String column,
      String type,
      String length,
      String rawLine,
      String rawValue,
      int code,
      String reason,
      List<BadField> fields) {
    public BadRow {
      fields = List.copyOf(fields);
    }
  }

  /** A field of a bad row; {@code index} counts from 0. */
  record BadField(
      int index, String column, String type, String length, String value, boolean isNull) {}
}
