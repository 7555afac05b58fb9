package io.sluice.writer.file;

import io.sluice.writer.upload.ObjectWriter;

/** Text as it is. */
final class PlainBody implements FileBody {
  private final ObjectWriter out;

  PlainBody(ObjectWriter out) {
    this.out = out;
  }

  @Override
  public void write(byte[] rows, int from, int to) {
    out.write(rows, from, to);
  }

  @Override
  public long held() {
    return 0;
  }

  @Override
  public void end() {}

  @Override
  public void close() {}
}
