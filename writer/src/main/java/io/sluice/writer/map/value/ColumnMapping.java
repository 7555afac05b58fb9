package io.sluice.writer.map.value;

import static java.util.Objects.requireNonNull;

import io.sluice.common.manifest.TableName;
import io.sluice.writer.encode.ColumnType;
import io.sluice.writer.map.json.JsonPointers;
import java.io.Serializable;

/**
 * How a column is filled: by exactly one of {@code pointer}, {@code constant} and {@code metadata}.
 *
 * @param name the column
 * @param type its type in the warehouse
 * @param pointer a JSON pointer (RFC 6901) such as {@code /properties/mag}, or null
 * @param constant a text that every row has, or null; for SUPER a JSON document
 * @param metadata what of the record's way it tells, or null
 * @param required whether a record without a value is a reject; otherwise the column is NULL
 * @param fallback what stands in for a value that is missing or null, or null; as {@code constant}
 * @param timeForm how a time is written
 * @param binaryForm how bytes are written
 */
public record ColumnMapping(
    String name,
    ColumnType type,
    String pointer,
    String constant,
    Metadata metadata,
    boolean required,
    String fallback,
    TimeForm timeForm,
    BinaryForm binaryForm)
    implements Serializable {
  public ColumnMapping {
    // Column names follow the rules of table names.
    TableName.parse("column." + name);
    requireNonNull(type, "type");
    requireNonNull(timeForm, "timeForm");
    requireNonNull(binaryForm, "binaryForm");
    int origins =
        (pointer == null ? 0 : 1) + (constant == null ? 0 : 1) + (metadata == null ? 0 : 1);
    if (origins != 1) {
      throw new IllegalArgumentException(
          "a column has one of pointer, constant and metadata, and only one");
    }
    if (pointer != null) {
      JsonPointers.segments(pointer);
    }
    if (metadata != null) {
      metadata.require(type);
    }
    if (pointer == null && (required || fallback != null)) {
      throw new IllegalArgumentException(
          "required and default are for values of the record, not for constant or metadata");
    }
    if (required && fallback != null) {
      throw new IllegalArgumentException(
          "a value with a default is never missing: leave required out");
    }
    Constants.require(constant, type, timeForm, binaryForm, "constant");
    Constants.require(fallback, type, timeForm, binaryForm, "default");
  }

  /** A column that is filled from the place of its own name, or NULL. */
  public static ColumnMapping of(String name, ColumnType type) {
    return at("/" + name.replace("~", "~0").replace("/", "~1"), name, type);
  }

  /** A column that is filled from a place of the record, or NULL. */
  public static ColumnMapping at(String pointer, String name, ColumnType type) {
    return new ColumnMapping(
        name, type, pointer, null, null, false, null, TimeForm.ISO, BinaryForm.HEX);
  }

  /** A column that tells something of the record's way. */
  public static ColumnMapping of(String name, ColumnType type, Metadata metadata) {
    return new ColumnMapping(
        name, type, null, null, metadata, false, null, TimeForm.ISO, BinaryForm.HEX);
  }

  /** The same, of whose records none may be without a value. */
  public ColumnMapping needed() {
    return new ColumnMapping(
        name, type, pointer, constant, metadata, true, fallback, timeForm, binaryForm);
  }

  /** The same, whose times are written in that form. */
  public ColumnMapping in(TimeForm form) {
    return new ColumnMapping(
        name, type, pointer, constant, metadata, required, fallback, form, binaryForm);
  }

  /** The same, whose bytes are written in that form. */
  public ColumnMapping in(BinaryForm form) {
    return new ColumnMapping(
        name, type, pointer, constant, metadata, required, fallback, timeForm, form);
  }

  /** The same, with a stand-in for values that are missing or null. */
  public ColumnMapping orElse(String text) {
    return new ColumnMapping(
        name, type, pointer, constant, metadata, required, text, timeForm, binaryForm);
  }
}
