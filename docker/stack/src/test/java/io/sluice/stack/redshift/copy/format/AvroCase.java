package io.sluice.stack.redshift.copy.format;

import io.airlift.compress.snappy.SnappyCompressor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.apache.avro.Schema;
import org.apache.avro.file.Codec;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;

/** Files as Avro's own library writes them. */
public final class AvroCase {
  private AvroCase() {}

  /** The schema of that JSON. */
  public static Schema schema(String json) {
    return new Schema.Parser().parse(json);
  }

  /** A record with the values of its fields in order. */
  public static GenericRecord record(Schema schema, Object... values) {
    GenericRecordBuilder record = new GenericRecordBuilder(schema);
    for (int i = 0; i < values.length; i++) {
      record.set(schema.getFields().get(i), values[i]);
    }
    return record.build();
  }

  /** A file of these records. */
  public static byte[] file(Schema schema, CodecFactory codec, GenericRecord... records)
      throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(schema))) {
      writer.setCodec(codec).setSyncInterval(64).create(schema, file);
      for (GenericRecord record : records) {
        writer.append(record);
      }
    }
    return file.toByteArray();
  }

  /** Snappy as Avro has it; the library's own codec wants a native library. */
  static final class Snappy extends CodecFactory {
    @Override
    protected Codec createInstance() {
      return new Codec() {
        @Override
        public String getName() {
          return "snappy";
        }

        @Override
        public ByteBuffer compress(ByteBuffer data) {
          byte[] plain = new byte[data.remaining()];
          data.duplicate().get(plain);
          SnappyCompressor snappy = new SnappyCompressor();
          byte[] packed = new byte[snappy.maxCompressedLength(plain.length) + Integer.BYTES];
          int length = snappy.compress(plain, 0, plain.length, packed, 0, packed.length);
          CRC32 sum = new CRC32();
          sum.update(plain);
          ByteBuffer.wrap(packed).putInt(length, (int) sum.getValue());
          return ByteBuffer.wrap(packed, 0, length + Integer.BYTES);
        }

        @Override
        public ByteBuffer decompress(ByteBuffer data) {
          throw new UnsupportedOperationException();
        }

        @Override
        public boolean equals(Object other) {
          return this == other;
        }

        @Override
        public int hashCode() {
          return Arrays.hashCode(new String[] {getName()});
        }
      };
    }
  }
}
