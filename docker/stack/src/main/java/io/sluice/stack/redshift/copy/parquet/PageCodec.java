package io.sluice.stack.redshift.copy.parquet;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.airlift.compress.Decompressor;
import io.airlift.compress.MalformedInputException;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.format.CompressionCodec;

/** How the pages of a column are packed. */
final class PageCodec {
  private PageCodec() {}

  /** Unpacks {@code packed[from, to)}, which must give exactly {@code size} bytes. */
  static byte[] unpack(CompressionCodec codec, byte[] packed, int from, int to, int size)
      throws IOException {
    byte[] unpacked = new byte[size];
    int count;
    try {
      count =
          switch (codec) {
            case UNCOMPRESSED -> copy(packed, from, to, unpacked);
            case SNAPPY -> unpack(new SnappyDecompressor(), packed, from, to, unpacked);
            case LZ4_RAW -> unpack(new Lz4Decompressor(), packed, from, to, unpacked);
            case ZSTD -> (int) Zstd.decompressByteArray(unpacked, 0, size, packed, from, to - from);
            case GZIP -> gunzip(packed, from, to, unpacked);
            case LZO, LZ4, BROTLI ->
                throw new BrokenParquetException("the codec " + codec + " is not supported");
          };
    } catch (MalformedInputException | IndexOutOfBoundsException | ZstdException e) {
      throw new BrokenParquetException("a page cannot be unpacked", e);
    }
    if (count != size) {
      throw new BrokenParquetException("a page has not as many bytes as its header says");
    }
    return unpacked;
  }

  private static int copy(byte[] packed, int from, int to, byte[] unpacked) {
    System.arraycopy(packed, from, unpacked, 0, Math.min(unpacked.length, to - from));
    return to - from;
  }

  private static int unpack(Decompressor codec, byte[] packed, int from, int to, byte[] unpacked) {
    return codec.decompress(packed, from, to - from, unpacked, 0, unpacked.length);
  }

  private static int gunzip(byte[] packed, int from, int to, byte[] unpacked) throws IOException {
    try (GZIPInputStream in =
        new GZIPInputStream(new ByteArrayInputStream(packed, from, to - from))) {
      int count = in.readNBytes(unpacked, 0, unpacked.length);
      return in.read() < 0 ? count : count + 1;
    } catch (IOException e) {
      throw new BrokenParquetException("a page cannot be unpacked", e);
    }
  }
}
