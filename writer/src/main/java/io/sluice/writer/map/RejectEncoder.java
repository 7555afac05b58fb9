package io.sluice.writer.map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.writer.map.json.Utf8;
import io.sluice.writer.map.reject.RejectException;
import io.sluice.writer.map.value.JavaValues;
import io.sluice.writer.source.SourceRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Encodes rejects as JSON lines that say what was refused, why, and where it came from:
 *
 * <pre>
 * {"reason":"too-long","detail":"...","column":"place","pointer":"/properties/place","value":"\"...\"",
 *  "stream":"...","shard":"shardId-...","sequenceNumber":"...","subSequenceNumber":0,"partitionKey":"...",
 *  "arrival":"...","data":"..."}
 * </pre>
 *
 * <p>A record is kept whole: it has 10 MiB at the most ("Handle large records" in the Amazon
 * Kinesis Data Streams Developer Guide). Data that is not UTF-8 stands as {@code dataBase64}
 * instead of {@code data}, so that every byte is kept. An element of the library entry is kept as
 * its text, its bytes or what its {@code toString} says, up to {@value #MAX_ELEMENT} bytes; what is
 * longer is cut there, and {@code dataBytes} tells how long it was. For one thread.
 */
public final class RejectEncoder {
  static final int MAX_ELEMENT = 16 << 20;

  private static final JsonFactory JSON = new JsonFactory();

  /** The line of a record, without its line end. */
  public byte[] line(SourceRecord record, RejectException why) {
    ByteBuffer data = record.data();
    boolean array = data.hasArray();
    byte[] bytes = array ? data.array() : record.bytes();
    int from = array ? data.arrayOffset() + data.position() : 0;
    return line(
        why,
        data.remaining(),
        out -> {
          out.writeStringField("stream", record.stream());
          out.writeStringField("shard", record.shard());
          out.writeStringField("sequenceNumber", record.mark().sequenceNumber().toString());
          out.writeNumberField("subSequenceNumber", record.mark().subSequenceNumber());
          out.writeStringField("partitionKey", wellFormed(record.partitionKey()));
          out.writeStringField("arrival", record.arrival().toString());
          writeData(out, bytes, from, data.remaining());
        });
  }

  /** The line of an element, without its line end. */
  public byte[] line(Object element, RejectException why) {
    byte[] bytes = bytes(element);
    int kept = Math.min(bytes.length, MAX_ELEMENT);
    while (kept > 0 && kept < bytes.length && (bytes[kept] & 0xc0) == 0x80) {
      // Not in the middle of a character.
      kept--;
    }
    int length = kept;
    return line(
        why,
        length,
        out -> {
          if (length < bytes.length) {
            out.writeNumberField("dataBytes", bytes.length);
          }
          writeData(out, bytes, 0, length);
        });
  }

  /** Writes what follows the reason. */
  @FunctionalInterface
  private interface Rest {
    void write(JsonGenerator out) throws IOException;
  }

  private static byte[] line(RejectException why, int dataLength, Rest rest) {
    ByteArrayOutputStream line = new ByteArrayOutputStream(512 + dataLength + (dataLength >> 3));
    try (JsonGenerator out = JSON.createGenerator(line)) {
      out.writeStartObject();
      out.writeStringField("reason", why.reason().label());
      out.writeStringField("detail", wellFormed(String.valueOf(why.getMessage())));
      writeOptional(out, "column", why.column());
      writeOptional(out, "pointer", why.pointer());
      writeOptional(out, "value", why.value());
      rest.write(out);
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return line.toByteArray();
  }

  private static void writeOptional(JsonGenerator out, String name, String value)
      throws IOException {
    if (value != null) {
      out.writeStringField(name, wellFormed(value));
    }
  }

  /** Half a character cannot be written, and must not stop the reject. */
  private static String wellFormed(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static void writeData(JsonGenerator out, byte[] bytes, int from, int length)
      throws IOException {
    if (Utf8.firstError(bytes, from, from + length) < 0) {
      out.writeFieldName("data");
      out.writeUTF8String(bytes, from, length);
    } else {
      out.writeFieldName("dataBase64");
      out.writeBinary(bytes, from, length);
    }
  }

  private static byte[] bytes(Object element) {
    if (element instanceof byte[] bytes) {
      return bytes;
    }
    if (element instanceof ByteBuffer buffer) {
      return JavaValues.copy(buffer);
    }
    String text;
    try {
      text = String.valueOf(element);
    } catch (RuntimeException | StackOverflowError e) {
      // It is the user's code that says what it is.
      text = element.getClass().getName() + ", whose toString throws " + e.getClass().getName();
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
