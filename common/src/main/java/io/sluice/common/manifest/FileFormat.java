package io.sluice.common.manifest;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * How the data files of a batch are written, in COPY's words.
 *
 * @param format the format of a row
 * @param compression of the whole file
 * @param delimiter between fields
 * @param nullAs the unquoted text that stands for NULL
 */
public record FileFormat(Format format, Compression compression, String delimiter, String nullAs)
    implements Serializable {
  /** COPY's data formats that the writer makes. */
  public enum Format {
    CSV
  }

  /** COPY's compressions that the writer makes. */
  public enum Compression {
    ZSTD
  }

  public FileFormat {
    requireNonNull(format, "format");
    requireNonNull(compression, "compression");
    requireNonNull(delimiter, "delimiter");
    requireNonNull(nullAs, "nullAs");
  }

  /** CSV with commas and {@code \N} for NULL, one ZSTD frame a file. */
  public static FileFormat csvZstd() {
    return new FileFormat(Format.CSV, Compression.ZSTD, ",", "\\N");
  }
}
