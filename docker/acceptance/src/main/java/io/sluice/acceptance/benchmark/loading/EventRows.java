package io.sluice.acceptance.benchmark.loading;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.acceptance.benchmark.EventColumn;
import io.sluice.acceptance.benchmark.Events;
import io.sluice.common.manifest.Column;
import io.sluice.common.manifest.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Events as rows of a table: its columns, and the CSV that the writer would make of them. */
final class EventRows {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NULL = "\\N";

  private final Events events = Events.of(1);

  /** The columns as manifests have them. */
  static List<Column> columns() {
    return Arrays.stream(EventColumn.values())
        .map(column -> new Column(column.label(), column.redshiftType()))
        .toList();
  }

  /** The statement that makes the table. */
  static String ddl(TableName table) {
    return columns().stream()
        .map(column -> "\"" + column.name() + "\" " + column.type())
        .collect(Collectors.joining(", ", "create table " + table + " (", ")"));
  }

  /** The row of an event, with its line end. */
  String csv(long number) {
    JsonNode event = event(number);
    return Arrays.stream(EventColumn.values())
        .map(column -> field(column, event.get(column.label())))
        .collect(Collectors.joining(",", "", "\n"));
  }

  /** The {@code event_id} of an event, which no other one has. */
  String id(long number) {
    return event(number).get(EventColumn.EVENT_ID.label()).textValue();
  }

  private JsonNode event(long number) {
    try {
      return JSON.readTree(events.json(number));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String field(EventColumn column, JsonNode value) {
    if (value.isNull()) {
      return NULL;
    }
    if (column.isEpochMillis()) {
      return Instant.ofEpochMilli(value.longValue()).toString();
    }
    String text = value.asText();
    return text.indexOf(',') < 0 && text.indexOf('"') < 0
        ? text
        : '"' + text.replace("\"", "\"\"") + '"';
  }
}
