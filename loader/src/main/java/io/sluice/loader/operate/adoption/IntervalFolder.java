package io.sluice.loader.operate.adoption;

import static java.util.Objects.requireNonNull;

import io.sluice.common.store.StoredObject;
import java.time.Instant;
import java.util.List;

/**
 * A folder with what one interval landed, as Spark's {@code saveAsTextFiles} leaves it.
 *
 * @param name that of the folder, {@code prefix-millis} or {@code prefix-millis.suffix}
 * @param series the name without its time: what intervals of the same stream have in common
 * @param time that of the interval
 * @param complete whether its {@code _SUCCESS} is there
 * @param files with their keys relative to the batch folder, in order; those whose names begin with
 *     {@code _} or a dot are none
 */
record IntervalFolder(
    String name, String series, Instant time, boolean complete, List<StoredObject> files) {
  IntervalFolder {
    requireNonNull(series, "series");
    requireNonNull(time, "time");
    files = List.copyOf(files);
  }

  long bytes() {
    return files.stream().mapToLong(StoredObject::bytes).sum();
  }
}
