package io.sluice.writer.file;

import io.sluice.common.manifest.FileFormat.Compression;
import io.sluice.writer.upload.ObjectWriter;

/** Text that is compressed as a whole. */
final class CodecBody implements FileBody {
  private final Compression compression;
  private Codec codec;

  CodecBody(Compression compression, int level, ObjectWriter out) {
    this.compression = compression;
    this.codec = CodecPool.take(compression);
    codec.begin(level, out);
  }

  @Override
  public void write(byte[] rows, int from, int to) {
    codec.write(rows, from, to);
  }

  @Override
  public long held() {
    return 0;
  }

  @Override
  public void end() {
    codec.end();
  }

  @Override
  public void close() {
    if (codec != null) {
      CodecPool.give(compression, codec);
      codec = null;
    }
  }
}
