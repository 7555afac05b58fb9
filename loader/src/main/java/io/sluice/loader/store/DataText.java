package io.sluice.loader.store;

import com.github.luben.zstd.ZstdInputStream;
import io.sluice.common.manifest.FileFormat;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** The text of a data file, as COPY reads it. */
public final class DataText {
  private DataText() {}

  /**
   * Unpacks while it is read.
   *
   * @param packed the bytes of the object; closed with what is returned
   * @param format one whose {@link FileFormat.Format#isText} is true
   */
  public static InputStream of(InputStream packed, FileFormat format) throws IOException {
    return switch (format.compression()) {
      case NONE -> packed;
      case GZIP -> new GZIPInputStream(packed);
      case ZSTD -> new ZstdInputStream(packed);
      case DEFLATE, SNAPPY ->
          throw new IllegalArgumentException("no text is packed by " + format.compression());
    };
  }
}
