package io.sluice.common.manifest;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * How the data files of a batch are written, in COPY's words; see "Data format parameters" and
 * "Data compression parameters" in the Amazon Redshift Database Developer Guide.
 *
 * @param format the format of a row
 * @param compression of the whole file; of the blocks or pages inside AVRO and PARQUET
 * @param delimiter between fields, null but for CSV and DELIMITED
 * @param nullAs the unquoted text that stands for NULL, null but for CSV and DELIMITED
 */
public record FileFormat(Format format, Compression compression, String delimiter, String nullAs)
    implements Serializable {
  /** COPY's data formats that the writer makes. */
  public enum Format {
    /** Fields that are quoted where they must be. */
    CSV,
    /** Fields that are escaped by a backslash where they must be. */
    DELIMITED,
    /** An object a row, its names the columns'. */
    JSON,
    /** Object container files, their fields' names the columns'. */
    AVRO,
    /** Columns by position. */
    PARQUET;

    /** Whether rows are lines with fields between delimiters. */
    public boolean hasDelimiter() {
      return this == CSV || this == DELIMITED;
    }

    /**
     * Whether the file itself is text that COPY unpacks, instead of a container that says how it is
     * packed.
     */
    public boolean isText() {
      return this == CSV || this == DELIMITED || this == JSON;
    }
  }

  /** COPY's compressions that the writer makes. */
  public enum Compression {
    NONE,
    GZIP,
    ZSTD,
    /** Of Avro's blocks only. */
    DEFLATE,
    /** Of Avro's blocks and Parquet's pages only. */
    SNAPPY
  }

  public FileFormat {
    requireNonNull(format, "format");
    requireNonNull(compression, "compression");
    if (format.hasDelimiter() != (delimiter != null) || format.hasDelimiter() != (nullAs != null)) {
      throw new IllegalArgumentException(
          "CSV and DELIMITED have a delimiter and a text for NULL, and only they have");
    }
  }

  /** CSV with commas and {@code \N} for NULL, one ZSTD frame a file. */
  public static FileFormat csvZstd() {
    return new FileFormat(Format.CSV, Compression.ZSTD, ",", "\\N");
  }
}
