package io.sluice.writer.file;

import io.sluice.common.manifest.FileFormat;
import io.sluice.common.manifest.FileFormat.Compression;

/**
 * How the names of files end. For people and their tools; COPY goes by the manifest, but unpacks a
 * Parquet file again whose name ends like a packed one, so those do not.
 */
final class Extensions {
  private Extensions() {}

  static String of(FileFormat format) {
    return switch (format.format()) {
      case CSV -> "csv" + packed(format.compression());
      case DELIMITED -> "txt" + packed(format.compression());
      case JSON -> "jsonl" + packed(format.compression());
      case AVRO -> "avro";
      case PARQUET -> "parquet";
    };
  }

  private static String packed(Compression compression) {
    return switch (compression) {
      case GZIP -> ".gz";
      case ZSTD -> ".zst";
      case NONE, DEFLATE, SNAPPY -> "";
    };
  }
}
