package io.sluice.writer.map;

import static java.util.Objects.requireNonNull;

import io.sluice.common.manifest.TableName;
import io.sluice.writer.map.json.JsonPointers;
import io.sluice.writer.map.value.Metadata;
import java.io.Serializable;
import java.util.Map;

/**
 * Which table a record is for, by what kind of record it is.
 *
 * @param pointer where the kind stands in the record, or null
 * @param metadata {@link Metadata#STREAM} or {@link Metadata#PARTITION_KEY}, or null
 * @param tables by the kind, as it is written
 * @param unknown where records of any other kind go, null for the rejects
 */
public record Routing(
    String pointer, Metadata metadata, Map<String, TableName> tables, TableName unknown)
    implements Serializable {
  public Routing {
    tables = Map.copyOf(requireNonNull(tables, "tables"));
    if ((pointer == null) == (metadata == null)) {
      throw new IllegalArgumentException("use one of pointer and metadata, and only one");
    }
    if (pointer != null) {
      JsonPointers.segments(pointer);
    }
    if (metadata != null && metadata != Metadata.STREAM && metadata != Metadata.PARTITION_KEY) {
      throw new IllegalArgumentException("metadata is one of stream and partition-key");
    }
    if (tables.isEmpty()) {
      throw new IllegalArgumentException("tables names no kind");
    }
  }

  /** By a value of the record. */
  public static Routing byPointer(
      String pointer, Map<String, TableName> tables, TableName unknown) {
    return new Routing(pointer, null, tables, unknown);
  }
}
