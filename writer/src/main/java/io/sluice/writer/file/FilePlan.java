package io.sluice.writer.file;

import io.sluice.common.manifest.TableName;
import io.sluice.writer.upload.UploadLimits;
import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a task makes files: what every task of an interval needs to know.
 *
 * @param targetBytes compressed bytes at which a data file is finished
 * @param memoryBytes the memory of one task: a third of it for rows that wait, the rest for
 *     compressed bytes that have not been sent
 * @param maxOpen files that a task compresses at the same time
 * @param dealt into how many files at once a task deals the rows of a table, 1 where nothing is
 *     said
 * @param uploads how much is sent at once
 */
public record FilePlan(
    long targetBytes,
    long memoryBytes,
    int maxOpen,
    Map<TableName, Integer> dealt,
    UploadLimits uploads)
    implements Serializable {
  public FilePlan {
    if (targetBytes < 1 || memoryBytes < 1 || maxOpen < 1) {
      throw new IllegalArgumentException("a file needs a size, memory and a place");
    }
    dealt = Collections.unmodifiableMap(new TreeMap<>(dealt));
    for (int files : dealt.values()) {
      if (files < 1 || files > maxOpen) {
        throw new IllegalArgumentException("rows are dealt into 1 to " + maxOpen + " files");
      }
    }
  }

  /** Into how many files at once the rows of a table are dealt. */
  int dealt(TableName table) {
    return dealt.getOrDefault(table, 1);
  }

  /** What rows may take that wait for their file. */
  long rowBytes() {
    return memoryBytes / 3;
  }

  /** What compressed bytes may take that wait for being sent. */
  long heldBytes() {
    return memoryBytes - rowBytes();
  }

  /**
   * The bytes of all files of a set at which it is finished. Where rows are dealt into several
   * files as the interval before suggests, a little more is let in, so that a forecast that was a
   * little low does not end in a second set of small files.
   */
  long finishedAt(int files) {
    return files == 1 ? targetBytes : files * (targetBytes + targetBytes / 4);
  }
}
