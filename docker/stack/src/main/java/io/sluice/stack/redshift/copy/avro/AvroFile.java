package io.sluice.stack.redshift.copy.avro;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * An Avro object container file as it streams by, one block in memory. Source: AVRO in "Data format
 * parameters" of the Redshift Database Developer Guide: the schema is a record, the codecs are
 * none, deflate and snappy, a header has at most 1 MB and a block 4 MB. Used by one thread.
 */
public final class AvroFile {
  static final int LARGEST_BLOCK = 4 << 20;

  private static final int LARGEST_HEADER = 1 << 20;
  private static final byte[] MAGIC = {'O', 'b', 'j', 1};
  private static final int SYNC = 16;
  private static final int LONGEST_VARINT = 10;

  private final InputStream in;
  private final byte[] sync;
  private final Schema schema;
  private final AvroCodec codec;
  private AvroBlock block = new AvroBlock(new byte[0]);
  private long recordsLeft;
  private long bytes;
  private boolean anyBlock;

  /**
   * Reads the header of {@code in}.
   *
   * @throws BrokenAvroException if it is not one that COPY takes
   */
  public AvroFile(InputStream in) throws IOException {
    this.in = in;
    if (!Arrays.equals(exactly(MAGIC.length), MAGIC)) {
      throw new BrokenAvroException("It does not begin as an AVRO file.");
    }
    Map<String, byte[]> header = header();
    this.sync = exactly(SYNC);
    this.codec = AvroCodec.of(text(header.getOrDefault("avro.codec", bytesOf("null"))));
    this.schema = schema(text(header.getOrDefault("avro.schema", bytesOf(""))));
  }

  /** The schema that the file was written with: a record. */
  public Schema schema() {
    return schema;
  }

  /** The bytes read so far. */
  public long bytes() {
    return bytes;
  }

  /**
   * Moves to the next record; false at the end of the file. A file without any record is refused,
   * as Redshift refuses it.
   *
   * @throws BrokenAvroException if the file cannot be read any further
   */
  boolean next() throws IOException {
    while (recordsLeft == 0) {
      if (!block.atEnd()) {
        throw new BrokenAvroException("A data block is longer than its records.");
      }
      if (!nextBlock()) {
        return false;
      }
    }
    recordsLeft--;
    return true;
  }

  /** Where the current record is to be read. */
  AvroBlock block() {
    return block;
  }

  private boolean nextBlock() throws IOException {
    int first = in.read();
    if (first < 0) {
      if (!anyBlock) {
        throw BrokenAvroException.cutOff();
      }
      return false;
    }
    anyBlock = true;
    bytes++;
    recordsLeft = number(first);
    long size = number(readByte());
    if (size < 0 || size > LARGEST_BLOCK) {
      throw AvroCodec.tooLarge();
    }
    byte[] unpacked = codec.unpack(exactly((int) size));
    if (unpacked.length > LARGEST_BLOCK) {
      throw AvroCodec.tooLarge();
    }
    if (!Arrays.equals(exactly(SYNC), sync)) {
      throw new BrokenAvroException("A data block does not end in the file's sync marker.");
    }
    // A record has a byte at least: one of none would let a tiny file claim rows without end.
    if (recordsLeft < 0 || recordsLeft > unpacked.length) {
      throw new BrokenAvroException("A data block has not as many records as it says.");
    }
    block = new AvroBlock(unpacked);
    return true;
  }

  /** The map in the header, in pieces of as many entries as stand in front of each. */
  private Map<String, byte[]> header() throws IOException {
    Map<String, byte[]> header = new HashMap<>();
    for (long left = pieceLength(); left != 0; left = pieceLength()) {
      for (; left > 0; left--) {
        header.put(text(sized()), sized());
      }
    }
    return header;
  }

  /** A negative count has the length in bytes behind it, which nobody needs. */
  private long pieceLength() throws IOException {
    long count = number(readByte());
    if (count < 0) {
      number(readByte());
    }
    return Math.abs(count);
  }

  private byte[] sized() throws IOException {
    long length = number(readByte());
    if (length < 0 || length + bytes > LARGEST_HEADER) {
      throw new BrokenAvroException("The file header is larger than 1 MB.");
    }
    return exactly((int) length);
  }

  private static Schema schema(String json) throws BrokenAvroException {
    Schema schema;
    try {
      schema = new Schema.Parser().parse(json);
    } catch (RuntimeException e) {
      // What is wrong with a schema comes as many kinds of exception, some of them by accident.
      throw new BrokenAvroException("The schema cannot be read: " + e.getMessage());
    }
    if (schema.getType() != Schema.Type.RECORD) {
      throw new BrokenAvroException("The schema type must be record.");
    }
    return schema;
  }

  private long number(int first) throws IOException {
    byte[] digits = new byte[LONGEST_VARINT];
    digits[0] = (byte) first;
    for (int i = 1; i < LONGEST_VARINT && digits[i - 1] < 0; i++) {
      digits[i] = (byte) readByte();
    }
    return new AvroBlock(digits).readLong();
  }

  private int readByte() throws IOException {
    int next = in.read();
    if (next < 0) {
      throw BrokenAvroException.cutOff();
    }
    bytes++;
    return next;
  }

  private byte[] exactly(int length) throws IOException {
    byte[] read = in.readNBytes(length);
    bytes += read.length;
    if (read.length < length) {
      throw BrokenAvroException.cutOff();
    }
    return read;
  }

  private static byte[] bytesOf(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
