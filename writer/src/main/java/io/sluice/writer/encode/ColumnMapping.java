package io.sluice.writer.encode;

import com.fasterxml.jackson.core.JsonPointer;
import io.sluice.common.config.Settings;
import io.sluice.common.manifest.Column;
import io.sluice.common.manifest.TableName;
import java.io.Serializable;

/**
 * Where a column's value stands in a record.
 *
 * @param name the column
 * @param type its type in the warehouse
 * @param pointer a JSON pointer (RFC 6901) such as {@code /properties/mag}
 * @param required whether a record without a value is a reject; otherwise the column is NULL
 * @param timeForm how a time is written
 */
public record ColumnMapping(
    String name, ColumnType type, String pointer, boolean required, TimeForm timeForm)
    implements Serializable {
  public ColumnMapping {
    // Column names follow the rules of table names.
    TableName.parse("column." + name);
    JsonPointer.compile(pointer);
  }

  /** Reads a section {@code { name, pointer, type, required, time-form }}. */
  public static ColumnMapping read(Settings settings) {
    String name = settings.string("name");
    ColumnType type = settings.parsed("type", ColumnType::parse);
    String pointer = settings.string("pointer", "/" + name);
    boolean required = settings.flag("required", false);
    TimeForm timeForm = settings.oneOf("time-form", TimeForm.class, TimeForm.ISO);
    return settings.valid(() -> new ColumnMapping(name, type, pointer, required, timeForm));
  }

  /** The column as manifests carry it. */
  public Column column() {
    return new Column(name, type.toString());
  }
}
