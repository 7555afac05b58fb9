package io.sluice.writer.file;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/**
 * Compresses Parquet's pages without the codecs of Hadoop, whose native libraries differ from
 * cluster to cluster.
 */
final class ParquetCodecs implements CompressionCodecFactory {
  private static final byte[] GZIP_HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
  private static final int GZIP_TRAILER = 8;

  private final int level;

  /** {@code level} is that of the codec, 0 for its fastest. */
  ParquetCodecs(int level) {
    this.level = level == 0 ? 1 : level;
  }

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    return new PageCompressor(codec, level);
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    throw new UnsupportedOperationException("files are written here, not read");
  }

  @Override
  public void release() {}

  private record PageCompressor(CompressionCodecName codec, int level)
      implements BytesInputCompressor {
    @Override
    public BytesInput compress(BytesInput page) throws IOException {
      byte[] bytes = new byte[Math.toIntExact(page.size())];
      page.toInputStream().readNBytes(bytes, 0, bytes.length);
      return switch (codec) {
        case UNCOMPRESSED -> BytesInput.from(bytes);
        case SNAPPY -> BytesInput.from(Snappy.compress(bytes));
        case ZSTD -> BytesInput.from(Zstd.compress(bytes, level));
        case GZIP -> BytesInput.from(gzip(bytes));
        default -> throw new IllegalArgumentException("COPY reads no " + codec);
      };
    }

    @Override
    public CompressionCodecName getCodecName() {
      return codec;
    }

    @Override
    public void release() {}

    private byte[] gzip(byte[] bytes) {
      Deflater deflater = new Deflater(level, true);
      try {
        deflater.setInput(bytes);
        deflater.finish();
        byte[] out = new byte[bytes.length + (bytes.length >> 3) + 64];
        System.arraycopy(GZIP_HEADER, 0, out, 0, GZIP_HEADER.length);
        int size = GZIP_HEADER.length;
        while (!deflater.finished()) {
          size += deflater.deflate(out, size, out.length - GZIP_TRAILER - size);
        }
        CRC32 crc = new CRC32();
        crc.update(bytes);
        putInt((int) crc.getValue(), out, size);
        putInt(bytes.length, out, size + 4);
        return java.util.Arrays.copyOf(out, size + GZIP_TRAILER);
      } finally {
        deflater.end();
      }
    }

    private static void putInt(int value, byte[] to, int at) {
      for (int i = 0; i < 4; i++) {
        to[at + i] = (byte) (value >> (8 * i));
      }
    }
  }
}
