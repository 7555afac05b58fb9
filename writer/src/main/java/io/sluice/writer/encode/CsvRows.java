package io.sluice.writer.encode;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sluice.common.manifest.FileFormat;
import java.io.IOException;
import java.util.List;

/**
 * Encodes records as CSV rows of one table: NULL unquoted as the format's null text, an empty text
 * as {@code ""}, quotes doubled. For one thread.
 */
public final class CsvRows {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final List<ColumnMapping> columns;
  private final List<JsonPointer> pointers;
  private final FileFormat format;

  public CsvRows(TableMapping table, FileFormat format) {
    this.columns = table.columns();
    this.pointers = columns.stream().map(column -> JsonPointer.compile(column.pointer())).toList();
    this.format = format;
  }

  /** Appends the record's row and its line end; when it throws, nothing has been appended. */
  public void append(byte[] record, StringBuilder rows) throws RejectException {
    JsonNode document = parse(record);
    int start = rows.length();
    try {
      for (int i = 0; i < columns.size(); i++) {
        if (i > 0) {
          rows.append(format.delimiter());
        }
        appendValue(document.at(pointers.get(i)), columns.get(i), rows);
      }
      rows.append('\n');
    } catch (RejectException e) {
      rows.setLength(start);
      throw e;
    }
  }

  private static JsonNode parse(byte[] record) throws RejectException {
    try {
      JsonNode document = JSON.readTree(record);
      if (document.isMissingNode()) {
        throw RejectException.ofRecord(RejectReason.NOT_JSON, "the record is empty");
      }
      return document;
    } catch (JsonProcessingException e) {
      throw RejectException.ofRecord(RejectReason.NOT_JSON, e.getOriginalMessage());
    } catch (IOException e) {
      throw RejectException.ofRecord(RejectReason.NOT_JSON, e.getMessage());
    }
  }

  private void appendValue(JsonNode value, ColumnMapping column, StringBuilder rows)
      throws RejectException {
    try {
      if (value.isMissingNode() || value.isNull()) {
        if (column.required()) {
          throw RejectException.ofValue(RejectReason.MISSING, "a required value is missing");
        }
        rows.append(format.nullAs());
        return;
      }
      appendField(ValueEncoder.encode(value, column), rows);
    } catch (RejectException e) {
      throw e.at(column.name(), column.pointer());
    }
  }

  private void appendField(String field, StringBuilder rows) throws RejectException {
    if (field.equals(format.nullAs())) {
      throw RejectException.ofValue(
          RejectReason.NOT_LOADABLE, "the text " + field + " would be read as NULL");
    }
    if (!needsQuotes(field)) {
      rows.append(field);
      return;
    }
    rows.append('"');
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      if (c == '"') {
        rows.append('"');
      }
      rows.append(c);
    }
    rows.append('"');
  }

  private boolean needsQuotes(String field) {
    if (field.isEmpty() || field.charAt(0) == ' ' || field.charAt(field.length() - 1) == ' ') {
      return true;
    }
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      if (c == '"' || c == '\n' || c == '\r' || c == format.delimiter().charAt(0)) {
        return true;
      }
    }
    return false;
  }
}
