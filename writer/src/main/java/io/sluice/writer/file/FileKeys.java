package io.sluice.writer.file;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import java.time.Instant;

/**
 * The keys of one task's files.
 *
 * @param part the partition
 * @param attempt unlike that of any other task, of this run or another
 */
public record FileKeys(BatchFolder folder, Instant batchTime, int part, String attempt) {
  /** The key, relative to the folder, of the task's n-th file of a table. */
  String dataFile(TableName table, int n, String extension) {
    return BatchFolder.dataFile(batchTime, table, part, attempt + "-" + n, extension);
  }

  /** The key, relative to the folder, of the task's n-th file of rejects. */
  String rejectFile(int n, String extension) {
    return BatchFolder.rejectFile(batchTime, part, attempt + "-" + n, extension);
  }

  /** The key in the bucket. */
  String inBucket(String relative) {
    return folder.key(relative);
  }
}
