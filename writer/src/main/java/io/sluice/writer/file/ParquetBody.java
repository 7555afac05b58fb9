package io.sluice.writer.file;

import io.sluice.writer.encode.TableLayout;
import io.sluice.writer.upload.ObjectWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/**
 * A Parquet file. Its rows are held as columns until a row group is full, so a file takes much more
 * memory than one of text.
 */
final class ParquetBody implements FileBody {
  /** How many files of text one of these stands for. */
  static final int PLACES = 8;

  private static final long ROW_GROUP = 16L << 20;
  private static final int PAGE = 256 << 10;

  private final ObjectWriter out;
  private final ParquetWriter<ParquetRows.Row> writer;
  private final ParquetRows.Row row = new ParquetRows.Row();
  private boolean ended;

  ParquetBody(TableLayout table, ObjectWriter out) {
    this.out = out;
    try {
      this.writer =
          new Builder(table, out)
              .withConf(new PlainParquetConfiguration())
              .withCodecFactory(new ParquetCodecs(table.compressionLevel()))
              .withCompressionCodec(codec(table))
              .withWriterVersion(WriterVersion.PARQUET_1_0)
              .withRowGroupSize(ROW_GROUP)
              .withPageSize(PAGE)
              .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void write(byte[] rows, int from, int to) {
    try {
      int at = from;
      while (at < to) {
        int size = FramedRows.length(rows, at);
        at += FramedRows.LENGTH_BYTES;
        row.set(rows, at);
        writer.write(row);
        at += size;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public long held() {
    return ended ? 0 : Math.max(0, writer.getDataSize() - out.length());
  }

  @Override
  public void end() {
    try {
      writer.close();
      ended = true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All of its memory is on the heap, and goes with it. */
  @Override
  public void close() {}

  private static CompressionCodecName codec(TableLayout table) {
    return switch (table.format().compression()) {
      case NONE -> CompressionCodecName.UNCOMPRESSED;
      case GZIP -> CompressionCodecName.GZIP;
      case SNAPPY -> CompressionCodecName.SNAPPY;
      case ZSTD -> CompressionCodecName.ZSTD;
      case DEFLATE -> throw new IllegalArgumentException("Parquet has no deflate");
    };
  }

  private static final class Builder extends ParquetWriter.Builder<ParquetRows.Row, Builder> {
    private final TableLayout table;

    Builder(TableLayout table, ObjectWriter out) {
      super(new ObjectFile(out));
      this.table = table;
    }

    @Override
    protected Builder self() {
      return this;
    }

    /**
     * Never called, for a configuration without Hadoop was given; but it has no body to inherit.
     */
    @Override
    @SuppressWarnings("deprecation")
    protected WriteSupport<ParquetRows.Row> getWriteSupport(Configuration configuration) {
      return new ParquetRows(table);
    }

    @Override
    protected WriteSupport<ParquetRows.Row> getWriteSupport(ParquetConfiguration configuration) {
      return new ParquetRows(table);
    }
  }

  private record ObjectFile(ObjectWriter out) implements OutputFile {
    @Override
    public PositionOutputStream create(long blockSize) {
      return new ObjectStream(out);
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSize) {
      return new ObjectStream(out);
    }

    @Override
    public boolean supportsBlockSize() {
      return false;
    }

    @Override
    public long defaultBlockSize() {
      return ROW_GROUP;
    }
  }

  private static final class ObjectStream extends PositionOutputStream {
    private final ObjectWriter out;

    private ObjectStream(ObjectWriter out) {
      this.out = out;
    }

    @Override
    public long getPos() {
      return out.length();
    }

    @Override
    public void write(int b) {
      out.write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
      out.write(bytes, from, from + count);
    }
  }
}
