package io.sluice.writer.file;

import io.sluice.writer.upload.ObjectWriter;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** GZIP by the JDK, one member a file. See RFC 1952. */
final class GzipCodec extends Codec {
  /** Magic number, deflate, no flags, no time, no hint, no operating system. */
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
  private final byte[] compressed = new byte[64 << 10];
  private final CRC32 crc = new CRC32();
  private ObjectWriter out;

  @Override
  void begin(int level, ObjectWriter out) {
    this.out = out;
    deflater.reset();
    deflater.setLevel(level == 0 ? Deflater.BEST_SPEED : level);
    crc.reset();
    out.write(HEADER, 0, HEADER.length);
  }

  @Override
  void write(byte[] bytes, int from, int to) {
    crc.update(bytes, from, to - from);
    deflater.setInput(bytes, from, to - from);
    while (!deflater.needsInput()) {
      flush();
    }
  }

  @Override
  void end() {
    deflater.finish();
    while (!deflater.finished()) {
      flush();
    }
    byte[] trailer = new byte[8];
    putInt((int) crc.getValue(), trailer, 0);
    putInt((int) deflater.getBytesRead(), trailer, 4);
    out.write(trailer, 0, trailer.length);
    out = null;
  }

  @Override
  void close() {
    deflater.end();
  }

  private void flush() {
    int count = deflater.deflate(compressed, 0, compressed.length);
    out.write(compressed, 0, count);
  }

  private static void putInt(int value, byte[] to, int at) {
    for (int i = 0; i < 4; i++) {
      to[at + i] = (byte) (value >> (8 * i));
    }
  }
}
