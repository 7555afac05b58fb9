package io.sluice.stack.redshift.copy.avro;

import io.airlift.compress.MalformedInputException;
import io.airlift.compress.snappy.SnappyDecompressor;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** How the blocks of a file are packed: the codecs that COPY takes. */
enum AvroCodec {
  NULL {
    @Override
    byte[] unpack(byte[] packed) {
      return packed;
    }
  },
  DEFLATE {
    @Override
    byte[] unpack(byte[] packed) throws BrokenAvroException {
      Inflater inflater = new Inflater(true);
      try {
        inflater.setInput(packed);
        return inflate(inflater, packed.length);
      } catch (DataFormatException e) {
        throw damaged();
      } finally {
        inflater.end();
      }
    }
  },
  /** With a checksum of the unpacked bytes behind it. */
  SNAPPY {
    @Override
    byte[] unpack(byte[] packed) throws BrokenAvroException {
      int length = packed.length - Integer.BYTES;
      if (length <= 0) {
        throw damaged();
      }
      try {
        int size = SnappyDecompressor.getUncompressedLength(packed, 0);
        if (size < 0 || size > AvroFile.LARGEST_BLOCK) {
          throw tooLarge();
        }
        byte[] unpacked = new byte[size];
        int count = new SnappyDecompressor().decompress(packed, 0, length, unpacked, 0, size);
        checkSum(unpacked, count, ByteBuffer.wrap(packed).getInt(length));
        return unpacked;
      } catch (MalformedInputException | IndexOutOfBoundsException e) {
        throw damaged();
      }
    }
  };

  /** The bytes of one block as they were before they were packed. */
  abstract byte[] unpack(byte[] packed) throws BrokenAvroException;

  /** The codec of that name in a file's header. */
  static AvroCodec of(String name) throws BrokenAvroException {
    for (AvroCodec codec : values()) {
      if (codec.name().toLowerCase(Locale.ROOT).equals(name)) {
        return codec;
      }
    }
    throw new BrokenAvroException("The codec is not supported: " + name);
  }

  static BrokenAvroException tooLarge() {
    return new BrokenAvroException("A data block is larger than 4 MB.");
  }

  private static byte[] inflate(Inflater inflater, int packedLength)
      throws DataFormatException, BrokenAvroException {
    byte[] unpacked = new byte[Math.max(1 << 10, packedLength * 2)];
    int length = 0;
    while (!inflater.finished()) {
      int count = inflater.inflate(unpacked, length, unpacked.length - length);
      length += count;
      if (length > AvroFile.LARGEST_BLOCK) {
        throw tooLarge();
      }
      if (count == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
        throw damaged();
      }
      if (length == unpacked.length) {
        unpacked = Arrays.copyOf(unpacked, length * 2);
      }
    }
    return Arrays.copyOf(unpacked, length);
  }

  private static void checkSum(byte[] bytes, int count, int expected) throws BrokenAvroException {
    CRC32 sum = new CRC32();
    sum.update(bytes, 0, count);
    if (count != bytes.length || (int) sum.getValue() != expected) {
      throw damaged();
    }
  }

  private static BrokenAvroException damaged() {
    return new BrokenAvroException("A data block cannot be unpacked.");
  }
}
