package io.sluice.stack.redshift.copy.load;

import io.sluice.stack.redshift.copy.source.SourceFiles.SourceFile;
import java.util.List;

/**
 * Where loads leave their traces. They are written at once and outside the client's transaction:
 * they survive its rollback. Safe for many threads.
 */
public interface LoadJournal {
  /** A load has begun and knows its files. */
  void started(CopyTarget target, String source, List<SourceFile> files);

  /** A row did not load. */
  void refused(CopyTarget target, BadRow row);

  /** A file has been read to its end. */
  void fileDone(CopyTarget target, SourceFile file, long lines, long errors);

  /** The load has ended. {@code status} is "completed" or "aborted". */
  void ended(CopyTarget target, String status, LoadResult result);

  /** What a load did: rows and unpacked bytes loaded, files read, rows refused. */
  record LoadResult(long rows, long bytes, int files, long errors) {}

  /**
   * A row that did not load.
   *
   * @param field the index of the column, from 0
   */
  record BadRow(
      String file,
      long line,
      int field,
      String column,
      String type,
      String length,
      String rawLine,
      String rawValue,
      int code,
      String reason) {}
}
