package io.sluice.writer.map.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.sluice.writer.map.json.PointerTree.Node;
import io.sluice.writer.map.reject.RejectException;
import io.sluice.writer.map.reject.RejectReason;
import java.io.IOException;

/**
 * Finds the values of any document by Jackson's streaming parser, and says what is wrong with one
 * that is none. For one thread.
 */
final class JacksonReader {
  /**
   * Lengths are the columns' business, and bounded by the record's. Names are not kept for ever:
   * records may make up as many as they like.
   */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DocumentReader.MAX_DEPTH)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .build();

  private byte[] bytes;
  private int start;
  private int end;
  private Slots slots;

  void read(byte[] data, int from, int to, Node root, Slots found) throws RejectException {
    bytes = data;
    start = from;
    end = to;
    slots = found;
    requireText();
    try (JsonParser parser = JSON.createParser(data, from, to - from)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw RejectException.of(RejectReason.EMPTY, "the record is empty");
      }
      if (!first.isStructStart()) {
        throw RejectException.of(RejectReason.NOT_JSON, "the record is not an object or an array");
      }
      value(parser, root);
      if (parser.nextToken() != null) {
        throw RejectException.of(RejectReason.NOT_JSON, "something follows the JSON document");
      }
    } catch (StreamConstraintsException e) {
      throw RejectException.of(
          RejectReason.TOO_DEEP, "the document is nested deeper than " + DocumentReader.MAX_DEPTH);
    } catch (JsonProcessingException e) {
      throw RejectException.of(RejectReason.NOT_JSON, Shown.shortened(e.getOriginalMessage()));
    } catch (IOException e) {
      throw RejectException.of(RejectReason.NOT_JSON, Shown.shortened(e.getMessage()));
    }
  }

  /** Jackson would take UTF-16 and UTF-32 for what they are, and passes over much of bad UTF-8. */
  private void requireText() throws RejectException {
    int error = Utf8.firstError(bytes, start, end);
    if (error >= 0) {
      throw RejectException.of(
          RejectReason.NOT_UTF8, "byte " + (error - start) + " of the record is not UTF-8");
    }
    for (int i = start; i < Math.min(end, start + 4); i++) {
      if (bytes[i] == 0) {
        throw RejectException.of(RejectReason.NOT_JSON, "the record begins with NUL bytes");
      }
    }
  }

  private void value(JsonParser parser, Node node) throws IOException {
    JsonToken token = parser.currentToken();
    int from = place(parser);
    if (!token.isStructStart()) {
      parser.finishToken();
      fill(token, node, from);
      return;
    }
    if (node.isLeaf()) {
      parser.skipChildren();
    } else if (token == JsonToken.START_OBJECT) {
      object(parser, node);
    } else {
      array(parser, node);
    }
    Kind kind = token == JsonToken.START_OBJECT ? Kind.OBJECT : Kind.ARRAY;
    slots.set(node, kind, from, place(parser) + 1);
  }

  private void object(JsonParser parser, Node node) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      Node child = node.child(parser.getCurrentName());
      parser.nextToken();
      take(parser, child);
    }
  }

  private void array(JsonParser parser, Node node) throws IOException {
    for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
      take(parser, node.element(i));
    }
  }

  private void take(JsonParser parser, Node child) throws IOException {
    if (child == null) {
      parser.skipChildren();
      return;
    }
    slots.see(child);
    value(parser, child);
  }

  private void fill(JsonToken token, Node node, int from) {
    if (node.slot < 0) {
      return;
    }
    switch (token) {
      case VALUE_NULL -> slots.set(node, Kind.NULL, from, from + 4);
      case VALUE_TRUE -> slots.set(node, Kind.TRUE, from, from + 4);
      case VALUE_FALSE -> slots.set(node, Kind.FALSE, from, from + 5);
      case VALUE_STRING -> fillText(node, from + 1);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          slots.set(node, Kind.NUMBER, from, afterNumber(from));
      default -> throw new IllegalStateException("no value: " + token);
    }
  }

  private void fillText(Node node, int from) {
    boolean escaped = false;
    int p = from;
    while (bytes[p] != '"') {
      escaped |= bytes[p] == '\\';
      p += bytes[p] == '\\' ? 2 : 1;
    }
    slots.set(node, escaped ? Kind.ESCAPED : Kind.TEXT, from, p);
  }

  private int afterNumber(int from) {
    int p = from;
    while (p < end && "+-.eE0123456789".indexOf(bytes[p]) >= 0) {
      p++;
    }
    return p;
  }

  private int place(JsonParser parser) {
    return start + (int) parser.currentTokenLocation().getByteOffset();
  }
}
