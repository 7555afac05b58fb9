package io.sluice.writer.file;

import io.sluice.common.manifest.DataFile;
import io.sluice.common.manifest.TableName;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a task wrote: all of it is in S3, and real only when a manifest names it.
 *
 * @param tables those that got a row
 * @param rejects the files of rejects
 */
public record WrittenFiles(Map<TableName, WrittenTable> tables, List<DataFile> rejects)
    implements Serializable {
  public WrittenFiles {
    tables = Collections.unmodifiableMap(new TreeMap<>(tables));
    rejects = List.copyOf(rejects);
  }
}
