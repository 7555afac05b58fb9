package io.sluice.writer.map.value;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.writer.map.json.DocumentReader;
import io.sluice.writer.map.json.PointerTree;
import io.sluice.writer.map.json.Shortcuts;
import io.sluice.writer.map.json.Slots;
import io.sluice.writer.map.reject.RejectException;
import io.sluice.writer.map.reject.RejectReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * Values of Java as JSON for SUPER: maps, iterables, arrays of objects, texts, numbers, booleans. A
 * text, or bytes, by itself is a JSON document already.
 */
final class JavaDocuments {
  private static final JsonFactory JSON = new JsonFactory();

  private JavaDocuments() {}

  static byte[] of(Object value) throws RejectException {
    byte[] written = written(value);
    if (written != null) {
      requireOneValue(written);
      return written;
    }
    ByteArrayOutputStream json = new ByteArrayOutputStream(256);
    try (JsonGenerator generator = JSON.createGenerator(json)) {
      write(value, generator, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return json.toByteArray();
  }

  /** Refuses what is not one JSON value. */
  static void requireOneValue(byte[] json) throws RejectException {
    // Of any kind: the reader takes objects and arrays only.
    byte[] wrapped = new byte[json.length + 2];
    wrapped[0] = '[';
    System.arraycopy(json, 0, wrapped, 1, json.length);
    wrapped[wrapped.length - 1] = ']';
    PointerTree tree = new PointerTree();
    int first = tree.slot("/0");
    int second = tree.slot("/1");
    Slots slots = new Slots(tree);
    new DocumentReader(tree, Shortcuts.TAKEN).read(wrapped, 0, wrapped.length, slots);
    if (slots.kind(first) == null || slots.kind(second) != null) {
      throw RejectException.of(RejectReason.NOT_JSON, "is not one JSON value");
    }
  }

  private static byte[] written(Object value) throws RejectException {
    if (value instanceof CharSequence text) {
      return JavaValues.utf8(text);
    }
    if (value instanceof byte[] bytes) {
      return bytes;
    }
    return value instanceof ByteBuffer buffer ? JavaValues.copy(buffer) : null;
  }

  private static void write(Object value, JsonGenerator out, int depth)
      throws IOException, RejectException {
    if (depth > DocumentReader.MAX_DEPTH) {
      throw RejectException.of(
          RejectReason.TOO_DEEP, "super holds " + DocumentReader.MAX_DEPTH + " levels");
    }
    if (value == null) {
      out.writeNull();
    } else if (value instanceof Map<?, ?> map) {
      out.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        out.writeFieldName(wellFormed(String.valueOf(entry.getKey())));
        write(entry.getValue(), out, depth + 1);
      }
      out.writeEndObject();
    } else if (value instanceof Iterable<?> elements) {
      out.writeStartArray();
      for (Object element : elements) {
        write(element, out, depth + 1);
      }
      out.writeEndArray();
    } else if (value instanceof Object[] elements) {
      write(java.util.Arrays.asList(elements), out, depth);
    } else if (value instanceof Boolean flag) {
      out.writeBoolean(flag);
    } else if (value instanceof Number number) {
      out.writeNumber(JavaValues.digits(number, "super"));
    } else {
      out.writeString(value instanceof Enum<?> constant ? constant.name() : wellFormed(value));
    }
  }

  private static String wellFormed(Object value) throws RejectException {
    String text = value.toString();
    JavaValues.utf8(text);
    return text;
  }
}
