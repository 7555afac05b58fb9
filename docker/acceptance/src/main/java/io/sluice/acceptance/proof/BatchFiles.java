package io.sluice.acceptance.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.ZstdInputStream;
import io.sluice.common.manifest.Column;
import io.sluice.common.manifest.DataFile;
import io.sluice.common.manifest.FileFormat;
import io.sluice.common.manifest.FileFormat.Compression;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.GZIPInputStream;

/**
 * Reads the files that manifests name, and holds each against what its manifest says of it: size,
 * checksum, size before compression, rows.
 */
final class BatchFiles {
  private final FolderView folder;
  private final Differences differences;

  BatchFiles(FolderView folder, Differences differences) {
    this.folder = folder;
    this.differences = differences;
  }

  /**
   * The rows of a data file, by the names of the columns.
   *
   * @throws IllegalArgumentException when there is no reader for the format yet
   */
  List<Map<String, Optional<String>>> rows(DataFile file, FileFormat format, List<Column> columns) {
    byte[] content = content(file, format.compression());
    List<List<Optional<String>>> rows = rows(content, format);
    if (rows.size() != file.rows()) {
      differences.add(
          "rows of a file", "%s has %d, not %d".formatted(file.key(), rows.size(), file.rows()));
    }
    return rows.stream().map(row -> named(file, row, columns)).toList();
  }

  /** The lines of a file of rejects. */
  List<String> rejects(DataFile file) {
    List<String> lines = new String(content(file, Compression.ZSTD), UTF_8).lines().toList();
    if (lines.size() != file.rows()) {
      differences.add(
          "lines of rejects", "%s has %d, not %d".formatted(file.key(), lines.size(), file.rows()));
    }
    return lines;
  }

  private static List<List<Optional<String>>> rows(byte[] content, FileFormat format) {
    return switch (format.format()) {
      case CSV -> new CsvText(format).rows(new String(content, UTF_8));
      case DELIMITED, JSON, AVRO, PARQUET ->
          throw new IllegalArgumentException("the proof cannot read " + format + " yet");
    };
  }

  private Map<String, Optional<String>> named(
      DataFile file, List<Optional<String>> row, List<Column> columns) {
    if (row.size() != columns.size()) {
      differences.add(
          "fields of a row",
          "%s: %d fields, %d columns".formatted(file.key(), row.size(), columns.size()));
    }
    Map<String, Optional<String>> named = new LinkedHashMap<>();
    for (int i = 0; i < Math.min(row.size(), columns.size()); i++) {
      named.put(columns.get(i).name(), row.get(i));
    }
    return named;
  }

  private byte[] content(DataFile file, Compression compression) {
    Optional<byte[]> body = folder.store().get(folder.folder().key(file.key()));
    if (body.isEmpty()) {
      differences.add("missing file", "%s".formatted(file.key()));
      return new byte[0];
    }
    CRC32C crc = new CRC32C();
    crc.update(body.get());
    differences.unlessEqual("size of " + file.key(), (long) body.get().length, file.bytes());
    differences.unlessEqual(
        "checksum of " + file.key(), "crc32c:%08x".formatted(crc.getValue()), file.checksum());
    try (InputStream in = unpacked(body.get(), compression)) {
      byte[] content = in.readAllBytes();
      differences.unlessEqual(
          "unpacked size of " + file.key(), (long) content.length, file.uncompressedBytes());
      return content;
    } catch (IOException e) {
      differences.add("broken file", "%s: %s".formatted(file.key(), e.getMessage()));
      return new byte[0];
    }
  }

  private static InputStream unpacked(byte[] body, Compression compression) throws IOException {
    InputStream packed = new ByteArrayInputStream(body);
    return switch (compression) {
      case ZSTD -> new ZstdInputStream(packed);
      case GZIP -> new GZIPInputStream(packed);
      // Avro and Parquet pack inside the file.
      case NONE, DEFLATE, SNAPPY -> packed;
    };
  }
}
