package io.sluice.stack.redshift.copy.parquet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.schema.MessageType;
import shaded.parquet.org.apache.thrift.TConfiguration;
import shaded.parquet.org.apache.thrift.TException;
import shaded.parquet.org.apache.thrift.protocol.TCompactProtocol;
import shaded.parquet.org.apache.thrift.transport.TIOStreamTransport;

/**
 * A Parquet file: what its footer says, and the pages of its row groups. Source: the specification
 * of the file format of Apache Parquet. Used by one thread.
 */
public final class ParquetFile {
  private static final int MAGIC = 4;
  private static final int TRAILER = Integer.BYTES + MAGIC;
  private static final int DEEPEST_FOOTER = 64;

  private final Spool bytes;
  private final FileMetaData footer;
  private final MessageType schema;

  /**
   * Reads the footer.
   *
   * @throws BrokenParquetException if it is none
   */
  public ParquetFile(Spool bytes) throws IOException {
    this.bytes = bytes;
    this.footer = footer(bytes);
    try {
      this.schema = FooterSchema.of(footer.getSchema());
    } catch (RuntimeException e) {
      // The library checks a schema in many places, each with an exception of its own.
      throw new BrokenParquetException("the schema is not valid: " + e.getMessage(), e);
    }
  }

  /** The columns, in the order in which COPY loads them. */
  public MessageType schema() {
    return schema;
  }

  int rowGroups() {
    return footer.getRow_groupsSize();
  }

  /** How many rows a row group says it has. */
  long rows(int group) {
    return footer.getRow_groups().get(group).getNum_rows();
  }

  /** The program that wrote the file, whose known mistakes the decoders make up for. */
  String createdBy() {
    return footer.isSetCreated_by() ? footer.getCreated_by() : "";
  }

  /** The pages of a row group that has rows; nothing is read yet. */
  PageReadStore rowGroup(int index) throws BrokenParquetException {
    RowGroup group = footer.getRow_groups().get(index);
    Map<List<String>, PageReader> columns = new HashMap<>();
    for (ColumnChunk chunk : group.getColumns()) {
      ColumnMetaData column = chunk.getMeta_data();
      if (column == null || chunk.isSetFile_path()) {
        throw new BrokenParquetException("a column is encrypted or in another file");
      }
      columns.put(column.getPath_in_schema(), pages(column));
    }
    List<ColumnDescriptor> wanted = schema.getColumns();
    for (ColumnDescriptor column : wanted) {
      PageReader pages = columns.get(List.of(column.getPath()));
      boolean flat = column.getMaxRepetitionLevel() == 0;
      if (pages == null || (flat && pages.getTotalValueCount() != group.getNum_rows())) {
        throw new BrokenParquetException("a row group has not the columns of the schema");
      }
    }
    return new RowGroupPages(columns, group.getNum_rows());
  }

  private PageReader pages(ColumnMetaData column) throws BrokenParquetException {
    long start = column.getData_page_offset();
    if (column.isSetDictionary_page_offset() && column.getDictionary_page_offset() > 0) {
      start = Math.min(start, column.getDictionary_page_offset());
    }
    long length = column.getTotal_compressed_size();
    if (start < MAGIC || length < 0 || length > bytes.size() - start) {
      throw new BrokenParquetException("a column lies outside the file");
    }
    return new ColumnPages(bytes.range(start, length), column);
  }

  private static FileMetaData footer(Spool bytes) throws IOException {
    long size = bytes.size();
    if (size < MAGIC + TRAILER) {
      throw invalidVersion("");
    }
    byte[] trailer = bytes.read(size - TRAILER, TRAILER);
    String magic = new String(trailer, Integer.BYTES, MAGIC, StandardCharsets.ISO_8859_1);
    if (!magic.equals("PAR1")) {
      throw invalidVersion(magic);
    }
    long length = ByteBuffer.wrap(trailer).order(ByteOrder.LITTLE_ENDIAN).getInt();
    if (length < 0 || length > size - MAGIC - TRAILER) {
      throw new BrokenParquetException("the footer is longer than the file");
    }
    return parse(bytes.read(size - TRAILER - length, (int) length));
  }

  /** The bound keeps lists from claiming more elements than the footer has bytes. */
  private static FileMetaData parse(byte[] footer) throws BrokenParquetException {
    TConfiguration bounds =
        new TConfiguration(footer.length, TConfiguration.DEFAULT_MAX_FRAME_SIZE, DEEPEST_FOOTER);
    FileMetaData parsed = new FileMetaData();
    try {
      parsed.read(
          new TCompactProtocol(new TIOStreamTransport(bounds, new ByteArrayInputStream(footer))));
    } catch (TException | RuntimeException e) {
      throw new BrokenParquetException("the footer cannot be read", e);
    }
    return parsed;
  }

  private static BrokenParquetException invalidVersion(String magic) {
    return new BrokenParquetException("it has an invalid version number: " + magic);
  }

  private record RowGroupPages(Map<List<String>, PageReader> columns, long rows)
      implements PageReadStore {
    @Override
    public PageReader getPageReader(ColumnDescriptor column) {
      return columns.get(List.of(column.getPath()));
    }

    @Override
    public long getRowCount() {
      return rows;
    }
  }
}
