package io.sluice.writer.land;

import io.sluice.common.manifest.DataFile;
import io.sluice.common.manifest.ShardRange;
import io.sluice.common.manifest.TableName;
import io.sluice.writer.encode.RejectReason;
import io.sluice.writer.source.SliceEnd;
import java.io.Serializable;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What became of one slice: the only thing that a task returns.
 *
 * @param end where reading stopped
 * @param range what was read, null when there was nothing
 * @param tables the data files of each table
 * @param rejectFiles the files of rejects
 * @param rejectReasons how many records were refused for which reason
 */
public record LandedSlice(
    SliceEnd end,
    ShardRange range,
    Map<TableName, LandedTable> tables,
    List<DataFile> rejectFiles,
    Map<RejectReason, Long> rejectReasons)
    implements Serializable {
  /**
   * The data files of one table.
   *
   * @param arrivalMin when the earliest of their records reached the stream
   * @param arrivalMax when the latest did
   */
  public record LandedTable(List<DataFile> files, Instant arrivalMin, Instant arrivalMax)
      implements Serializable {}

  public LandedSlice {
    tables = Collections.unmodifiableMap(new TreeMap<>(tables));
    rejectFiles = List.copyOf(rejectFiles);
    EnumMap<RejectReason, Long> reasons = new EnumMap<>(RejectReason.class);
    reasons.putAll(rejectReasons);
    rejectReasons = Collections.unmodifiableMap(reasons);
  }

  /** What was read of the shard, empty when there was nothing. */
  public Optional<ShardRange> taken() {
    return Optional.ofNullable(range);
  }
}
