package io.sluice.stack.redshift.copy.parquet;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.CRC32;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;

/**
 * The pages of one column in one row group, read when they are asked for. Failures come as {@link
 * UncheckedIOException}, since the interface has no other way. Used by one thread.
 */
final class ColumnPages implements PageReader {
  /** Writers make pages of about 1 MB; what claims to be larger than this is not believed. */
  private static final int LARGEST_PAGE = 64 << 20;

  private final InputStream in;
  private final long values;
  private final CompressionCodec codec;
  private long valuesRead;
  private PageHeader next;

  /** Reads the pages that {@code column} describes from {@code in}, which holds no more. */
  ColumnPages(InputStream in, ColumnMetaData column) {
    this.in = in;
    this.values = column.getNum_values();
    this.codec = column.getCodec();
  }

  @Override
  public long getTotalValueCount() {
    return values;
  }

  @Override
  public DictionaryPage readDictionaryPage() {
    try {
      next = Util.readPageHeader(in);
      if (next.getType() != PageType.DICTIONARY_PAGE) {
        return null;
      }
      DictionaryPageHeader header = require(next.getDictionary_page_header());
      byte[] unpacked = unpack(body(next), 0, next.getUncompressed_page_size());
      next = null;
      return new DictionaryPage(
          BytesInput.from(unpacked),
          atMost(header.getNum_values(), unpacked.length * 8L),
          encoding(header.getEncoding()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public DataPage readPage() {
    try {
      while (valuesRead < values) {
        PageHeader header = next == null ? Util.readPageHeader(in) : next;
        next = null;
        DataPage page = page(header, body(header));
        if (page != null) {
          valuesRead += page.getValueCount();
          return page;
        }
      }
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private DataPage page(PageHeader header, byte[] body) throws IOException {
    return switch (header.getType()) {
      case DATA_PAGE -> pageV1(header, require(header.getData_page_header()), body);
      case DATA_PAGE_V2 -> pageV2(header, require(header.getData_page_header_v2()), body);
      case INDEX_PAGE -> null;
      case DICTIONARY_PAGE ->
          throw new BrokenParquetException("a column has more than one dictionary");
    };
  }

  private DataPage pageV1(PageHeader page, DataPageHeader header, byte[] body) throws IOException {
    byte[] unpacked = unpack(body, 0, page.getUncompressed_page_size());
    return new DataPageV1(
        BytesInput.from(unpacked),
        atMost(header.getNum_values(), values - valuesRead),
        unpacked.length,
        null,
        encoding(header.getRepetition_level_encoding()),
        encoding(header.getDefinition_level_encoding()),
        encoding(header.getEncoding()));
  }

  /** The levels stand unpacked before the values. */
  private DataPage pageV2(PageHeader page, DataPageHeaderV2 header, byte[] body)
      throws IOException {
    int repetition = atMost(header.getRepetition_levels_byte_length(), body.length);
    int definition = atMost(header.getDefinition_levels_byte_length(), body.length - repetition);
    int levels = repetition + definition;
    int size = page.getUncompressed_page_size() - levels;
    boolean packed = header.isIs_compressed() && codec != CompressionCodec.UNCOMPRESSED;
    byte[] data =
        packed && size > 0
            ? unpack(body, levels, size)
            : PageCodec.unpack(
                CompressionCodec.UNCOMPRESSED, body, levels, body.length, body.length - levels);
    return DataPageV2.uncompressed(
        header.getNum_rows(),
        header.getNum_nulls(),
        atMost(header.getNum_values(), values - valuesRead),
        BytesInput.from(body, 0, repetition),
        BytesInput.from(body, repetition, definition),
        encoding(header.getEncoding()),
        BytesInput.from(data),
        null);
  }

  private byte[] body(PageHeader header) throws IOException {
    int length = atMost(header.getCompressed_page_size(), LARGEST_PAGE);
    atMost(header.getUncompressed_page_size(), LARGEST_PAGE);
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new BrokenParquetException("a page ends beyond its column");
    }
    if (header.isSetCrc()) {
      CRC32 sum = new CRC32();
      sum.update(body);
      if ((int) sum.getValue() != header.getCrc()) {
        throw new BrokenParquetException("a page has not the checksum that its header says");
      }
    }
    return body;
  }

  private byte[] unpack(byte[] body, int from, int size) throws IOException {
    return PageCodec.unpack(codec, body, from, body.length, size);
  }

  private static int atMost(int count, long most) throws BrokenParquetException {
    if (count < 0 || count > most) {
      throw new BrokenParquetException("a page header claims " + count + " of something");
    }
    return count;
  }

  private static <T> T require(T header) throws BrokenParquetException {
    if (header == null) {
      throw new BrokenParquetException("a page header is of another type than its page");
    }
    return header;
  }

  private static Encoding encoding(org.apache.parquet.format.Encoding encoding)
      throws BrokenParquetException {
    if (encoding == null) {
      throw new BrokenParquetException("a page has an unknown encoding");
    }
    return Encoding.valueOf(encoding.name());
  }
}
