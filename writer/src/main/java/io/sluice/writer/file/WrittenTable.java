package io.sluice.writer.file;

import io.sluice.common.manifest.DataFile;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;

/**
 * What a task wrote for one table.
 *
 * @param files at least one
 * @param arrivalMin when the earliest of the records reached the stream
 * @param arrivalMax when the latest did
 */
public record WrittenTable(List<DataFile> files, Instant arrivalMin, Instant arrivalMax)
    implements Serializable {
  public WrittenTable {
    files = List.copyOf(files);
  }
}
