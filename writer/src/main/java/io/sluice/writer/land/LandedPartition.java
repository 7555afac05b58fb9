package io.sluice.writer.land;

import io.sluice.writer.file.WrittenFiles;
import io.sluice.writer.map.reject.RejectReason;
import io.sluice.writer.source.SliceEnd;
import java.io.Serializable;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What became of one partition of an interval: the only thing that a task returns.
 *
 * @param ends where the reading of each shard stopped; none when the records carry no marks
 * @param records how many were taken, rows and rejects alike
 * @param files what was landed
 * @param rejectReasons how many records were refused for which reason
 * @param encoding the processor's time that the task took: mapping, encoding, compressing
 * @param uploading how long its requests to S3 took, added up
 */
public record LandedPartition(
    List<SliceEnd> ends,
    long records,
    WrittenFiles files,
    Map<RejectReason, Long> rejectReasons,
    Duration encoding,
    Duration uploading)
    implements Serializable {
  public LandedPartition {
    ends = List.copyOf(ends);
    EnumMap<RejectReason, Long> reasons = new EnumMap<>(RejectReason.class);
    reasons.putAll(rejectReasons);
    rejectReasons = Collections.unmodifiableMap(reasons);
  }
}
