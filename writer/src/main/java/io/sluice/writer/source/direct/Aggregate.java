package io.sluice.writer.source.direct;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A Kinesis record that the KPL has put together: a mark, a protobuf message, the message's MD5
 * (see "KPL Aggregated Record Format" of amazon-kinesis-producer). It is walked where it lies, for
 * the generated classes of the KCL copy each record out of it.
 */
final class Aggregate {
  private static final byte[] MARK = {(byte) 0xf3, (byte) 0x89, (byte) 0x9a, (byte) 0xc2};
  private static final int DIGEST_BYTES = 16;

  private static final int PARTITION_KEY_TABLE = 1;
  private static final int EXPLICIT_HASH_KEY_TABLE = 2;
  private static final int RECORDS = 3;

  private static final int PARTITION_KEY_INDEX = 1;
  private static final int EXPLICIT_HASH_KEY_INDEX = 2;
  private static final int DATA = 3;

  /**
   * One user record.
   *
   * @param explicitHashKey null when its producer gave none
   * @param data a view of the aggregate's array
   */
  record Part(String partitionKey, String explicitHashKey, ByteBuffer data) {}

  /** What does not follow the format. */
  private static final class MalformedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedException() {
      super("malformed", null, false, false);
    }
  }

  private record Indexed(long partitionKey, long explicitHashKey, ByteBuffer data) {}

  private final byte[] array;
  private final List<String> partitionKeys = new ArrayList<>();
  private final List<String> explicitHashKeys = new ArrayList<>();
  private final List<Indexed> records = new ArrayList<>();

  private Aggregate(byte[] array) {
    this.array = array;
  }

  /** Whether the data begins as aggregates do. */
  static boolean isMarked(byte[] data) {
    return data.length >= MARK.length + DIGEST_BYTES
        && Arrays.equals(data, 0, MARK.length, MARK, 0, MARK.length);
  }

  /** All records of an aggregate, or empty when it is damaged or only looks like one. */
  static Optional<List<Part>> parts(byte[] data) {
    int end = data.length - DIGEST_BYTES;
    MessageDigest md5 = md5();
    md5.update(data, MARK.length, end - MARK.length);
    if (!Arrays.equals(md5.digest(), 0, DIGEST_BYTES, data, end, data.length)) {
      return Optional.empty();
    }
    try {
      Aggregate aggregate = new Aggregate(data);
      aggregate.walk(new Fields(data, MARK.length, end));
      return Optional.of(aggregate.resolve());
    } catch (MalformedException e) {
      return Optional.empty();
    }
  }

  static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has MD5", e);
    }
  }

  private void walk(Fields fields) {
    while (fields.next()) {
      switch (fields.number) {
        case PARTITION_KEY_TABLE -> partitionKeys.add(fields.text());
        case EXPLICIT_HASH_KEY_TABLE -> explicitHashKeys.add(fields.text());
        case RECORDS -> records.add(record(fields.message()));
        default -> fields.skip();
      }
    }
  }

  private Indexed record(Fields fields) {
    long partitionKey = -1;
    long explicitHashKey = -1;
    ByteBuffer data = null;
    while (fields.next()) {
      switch (fields.number) {
        case PARTITION_KEY_INDEX -> partitionKey = fields.varint();
        case EXPLICIT_HASH_KEY_INDEX -> explicitHashKey = fields.varint();
        case DATA -> {
          int length = fields.length();
          data = ByteBuffer.wrap(array, fields.position, length).slice();
          fields.position += length;
        }
        default -> fields.skip();
      }
    }
    if (partitionKey < 0 || data == null) {
      throw new MalformedException();
    }
    return new Indexed(partitionKey, explicitHashKey, data);
  }

  private List<Part> resolve() {
    List<Part> parts = new ArrayList<>(records.size());
    for (Indexed record : records) {
      String explicit =
          record.explicitHashKey < 0 ? null : hash(entry(explicitHashKeys, record.explicitHashKey));
      parts.add(new Part(entry(partitionKeys, record.partitionKey), explicit, record.data));
    }
    return parts;
  }

  private static String hash(String text) {
    if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new MalformedException();
    }
    return text;
  }

  private static String entry(List<String> table, long index) {
    if (index < 0 || index >= table.size()) {
      throw new MalformedException();
    }
    return table.get((int) index);
  }

  /** The fields of one message ("Encoding" in the Protocol Buffers documentation). */
  private static final class Fields {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int DELIMITED = 2;
    private static final int FIXED32 = 5;

    private final byte[] array;
    private final int end;
    private int position;
    private int number;
    private int wire;

    Fields(byte[] array, int start, int end) {
      this.array = array;
      this.position = start;
      this.end = end;
    }

    boolean next() {
      if (position == end) {
        return false;
      }
      long tag = rawVarint();
      number = (int) (tag >>> 3);
      wire = (int) (tag & 7);
      if (number <= 0) {
        throw new MalformedException();
      }
      return true;
    }

    long varint() {
      require(VARINT);
      return rawVarint();
    }

    /** The length of a delimited field, whose first byte is next. */
    int length() {
      require(DELIMITED);
      long length = rawVarint();
      if (length < 0 || length > end - position) {
        throw new MalformedException();
      }
      return (int) length;
    }

    String text() {
      int length = length();
      position += length;
      return new String(array, position - length, length, StandardCharsets.UTF_8);
    }

    Fields message() {
      int length = length();
      position += length;
      return new Fields(array, position - length, position);
    }

    void skip() {
      switch (wire) {
        case VARINT -> rawVarint();
        case FIXED64 -> forward(8);
        case DELIMITED -> forward(length());
        case FIXED32 -> forward(4);
        default -> throw new MalformedException();
      }
    }

    private void forward(int bytes) {
      if (bytes > end - position) {
        throw new MalformedException();
      }
      position += bytes;
    }

    private void require(int expected) {
      if (wire != expected) {
        throw new MalformedException();
      }
    }

    private long rawVarint() {
      long value = 0;
      for (int shift = 0; shift < 64 && position < end; shift += 7) {
        byte next = array[position++];
        value |= (long) (next & 0x7f) << shift;
        if (next >= 0) {
          return value;
        }
      }
      throw new MalformedException();
    }
  }
}
