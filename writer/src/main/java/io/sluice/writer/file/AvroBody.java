package io.sluice.writer.file;

import io.sluice.writer.encode.AvroSchema;
import io.sluice.writer.encode.TableLayout;
import io.sluice.writer.upload.ObjectWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.xerial.snappy.Snappy;

/**
 * An Avro object container file. See "Object Container Files" in the Apache Avro Specification.
 * COPY takes blocks of up to 4 MB; these have about {@link #BLOCK}, unless a single row is larger.
 */
final class AvroBody implements FileBody {
  private static final int BLOCK = 64 << 10;
  private static final byte[] MAGIC = {'O', 'b', 'j', 1};
  private static final int MOST_VARINT = 10;
  private static final int CRC_BYTES = 4;

  private final TableLayout table;
  private final ObjectWriter out;
  private final byte[] sync = new byte[16];
  private final byte[] varint = new byte[MOST_VARINT];
  private byte[] block = new byte[BLOCK];
  private int length;
  private int rows;
  private byte[] packed = new byte[0];
  private Deflater deflater;

  AvroBody(TableLayout table, ObjectWriter out) {
    this.table = table;
    this.out = out;
    ThreadLocalRandom.current().nextBytes(sync);
    header();
  }

  @Override
  public void write(byte[] framed, int from, int to) {
    int at = from;
    while (at < to) {
      int size = FramedRows.length(framed, at);
      at += FramedRows.LENGTH_BYTES;
      if (rows > 0 && length + size > BLOCK) {
        flush();
      }
      if (block.length - length < size) {
        block = Arrays.copyOf(block, length + size);
      }
      System.arraycopy(framed, at, block, length, size);
      length += size;
      rows++;
      at += size;
    }
  }

  @Override
  public long held() {
    return (long) block.length + packed.length;
  }

  @Override
  public void end() {
    if (rows > 0) {
      flush();
    }
  }

  @Override
  public void close() {
    if (deflater != null) {
      deflater.end();
      deflater = null;
    }
  }

  private void header() {
    out.write(MAGIC, 0, MAGIC.length);
    number(2);
    entry("avro.schema", AvroSchema.of(table));
    entry("avro.codec", codec());
    number(0);
    out.write(sync, 0, sync.length);
  }

  private void entry(String name, String value) {
    for (String text : new String[] {name, value}) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      number(bytes.length);
      out.write(bytes, 0, bytes.length);
    }
  }

  private String codec() {
    return switch (table.format().compression()) {
      case NONE -> "null";
      case DEFLATE, SNAPPY -> table.format().compression().name().toLowerCase(Locale.ROOT);
      case GZIP, ZSTD -> throw new IllegalArgumentException("COPY reads no such Avro");
    };
  }

  private void flush() {
    number(rows);
    int size = pack();
    number(size);
    out.write(packed, 0, size);
    out.write(sync, 0, sync.length);
    length = 0;
    rows = 0;
  }

  /** Compresses the block; the result is in {@code packed}. */
  private int pack() {
    return switch (table.format().compression()) {
      case DEFLATE -> deflate();
      case SNAPPY -> snappy();
      case NONE, GZIP, ZSTD -> {
        reserve(length);
        System.arraycopy(block, 0, packed, 0, length);
        yield length;
      }
    };
  }

  private int deflate() {
    if (deflater == null) {
      int level = table.compressionLevel();
      deflater = new Deflater(level == 0 ? Deflater.BEST_SPEED : level, true);
    }
    deflater.reset();
    deflater.setInput(block, 0, length);
    deflater.finish();
    reserve(length + 64);
    int size = 0;
    while (!deflater.finished()) {
      if (size == packed.length) {
        packed = Arrays.copyOf(packed, 2 * size);
      }
      size += deflater.deflate(packed, size, packed.length - size);
    }
    return size;
  }

  /** Avro's snappy blocks end with the checksum of what was compressed. */
  private int snappy() {
    try {
      reserve(Snappy.maxCompressedLength(length) + CRC_BYTES);
      int size = Snappy.compress(block, 0, length, packed, 0);
      CRC32 crc = new CRC32();
      crc.update(block, 0, length);
      for (int i = 0; i < CRC_BYTES; i++) {
        packed[size++] = (byte) (crc.getValue() >> (8 * (CRC_BYTES - 1 - i)));
      }
      return size;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void reserve(int size) {
    if (packed.length < size) {
      packed = new byte[size];
    }
  }

  private void number(long value) {
    long rest = (value << 1) ^ (value >> 63);
    int size = 0;
    while ((rest & ~0x7FL) != 0) {
      varint[size++] = (byte) ((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    varint[size++] = (byte) rest;
    out.write(varint, 0, size);
  }
}
