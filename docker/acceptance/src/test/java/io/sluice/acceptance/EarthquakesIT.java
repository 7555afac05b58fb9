package io.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.acceptance.pipeline.Build;
import io.sluice.acceptance.pipeline.Earthquakes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Acceptance (a): a week of real earthquakes arrives exactly once, every column equal to the input.
 */
class EarthquakesIT extends PipelineTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  int shards() {
    return 2;
  }

  @Test
  void everyEarthquakeArrivesOnceAndUnchanged() throws Exception {
    List<String> quakes = Earthquakes.real(Build.current().earthquakes("earthquakes.jsonl.gz"));
    pipeline.startWriter();
    pipeline.initLoader();
    pipeline.startLoader();

    pipeline.resources().producer().put(quakes.stream());

    awaitWhileRunning(
        "all earthquakes in the table",
        () -> stages.loaded().rows() >= quakes.size(),
        pipeline.writer(),
        pipeline.loader());
    assertThat(quakes).hasSize(1707);
    new Proof(pipeline).everyRecordOnce(1707, 0);
    Map<String, Map<String, Object>> table = table();
    for (String quake : quakes) {
      JsonNode json = JSON.readTree(quake);
      assertThat(table.get(json.path("id").textValue())).isEqualTo(expected(json));
    }
  }

  private static Map<String, Object> expected(JsonNode quake) {
    JsonNode properties = quake.path("properties");
    JsonNode coordinates = quake.path("geometry").path("coordinates");
    Map<String, Object> row = new HashMap<>();
    row.put("id", quake.path("id").textValue());
    for (String name :
        List.of(
            "place", "url", "detail", "alert", "status", "net", "code", "ids", "sources", "types",
            "type", "title")) {
      row.put(name, properties.path(name).textValue());
    }
    row.put("mag_type", properties.path("magType").textValue());
    for (String name : List.of("mag", "cdi", "mmi", "dmin", "rms", "gap")) {
      row.put(name, properties.path(name).isNull() ? null : properties.path(name).doubleValue());
    }
    row.put("longitude", coordinates.path(0).doubleValue());
    row.put("latitude", coordinates.path(1).doubleValue());
    row.put("depth", coordinates.path(2).doubleValue());
    for (String name : List.of("tz", "felt", "sig", "nst")) {
      row.put(name, properties.path(name).isNull() ? null : properties.path(name).longValue());
    }
    row.put("tsunami", properties.path("tsunami").intValue() == 1);
    row.put("time", Instant.ofEpochMilli(properties.path("time").longValue()));
    row.put("updated", Instant.ofEpochMilli(properties.path("updated").longValue()));
    row.put("geometry", quake.path("geometry"));
    return row;
  }

  private Map<String, Map<String, Object>> table() throws Exception {
    Map<String, Map<String, Object>> rows = new HashMap<>();
    try (Connection connection = pipeline.clients().warehouse();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("select * from public.earthquakes")) {
      while (result.next()) {
        Map<String, Object> row = new HashMap<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          String name = result.getMetaData().getColumnName(i);
          row.put(name, value(result, i, name));
        }
        rows.put(result.getString("id"), row);
      }
    }
    return rows;
  }

  private static Object value(ResultSet result, int column, String name) throws Exception {
    if (name.equals("geometry")) {
      return JSON.readTree(result.getString(column));
    }
    if (name.equals("time") || name.equals("updated")) {
      return result.getObject(column, OffsetDateTime.class).toInstant();
    }
    return plain(result.getObject(column));
  }

  /** Whole numbers of any width compare as long. */
  private static Object plain(Object value) throws SQLException {
    return value instanceof Integer || value instanceof Short
        ? (Object) ((Number) value).longValue()
        : value;
  }
}
