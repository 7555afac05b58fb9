package io.sluice.stack.redshift.copy.source;

import com.github.luben.zstd.ZstdInputStream;
import io.sluice.stack.redshift.copy.grammar.CopyOptions.Compression;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/** Unpacks objects as they stream by; several members or frames in one object follow each other. */
public final class Decompression {
  private static final int BUFFER = 1 << 16;

  private Decompression() {}

  /** The unpacked bytes of {@code packed}. */
  public static InputStream unpack(InputStream packed, Compression compression) throws IOException {
    return switch (compression) {
      case NONE -> packed;
      case GZIP -> new GZIPInputStream(packed, BUFFER);
      case ZSTD -> new ZstdInputStream(packed);
      case BZIP2 -> new BZip2CompressorInputStream(new BufferedInputStream(packed, BUFFER), true);
      case LZOP ->
          throw new IllegalArgumentException("the parser lets no " + compression + " pass");
    };
  }
}
