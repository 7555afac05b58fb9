package io.sluice.writer.map;

import io.sluice.writer.encode.ColumnType;
import java.nio.charset.StandardCharsets;

/** A column as a task fills it. Unchanging, for any thread. */
final class ColumnPlan {
  private final ColumnMapping mapping;
  private final int slot;
  private final String nullAs;
  private final byte[] nullText;
  private final byte[] constant;
  private final ColumnType type;

  /**
   * @param slot where its value is in documents, -1 when it comes from elsewhere
   * @param nullAs the text that stands for NULL in the table's files, or null
   */
  ColumnPlan(ColumnMapping mapping, int slot, String nullAs) {
    this.mapping = mapping;
    this.type = mapping.type();
    this.slot = slot;
    this.nullAs = nullAs;
    this.nullText = utf8(nullAs);
    this.constant = utf8(mapping.constant() != null ? mapping.constant() : mapping.fallback());
  }

  ColumnType type() {
    return type;
  }

  boolean isSuper() {
    return type.kind() == ColumnType.Kind.SUPER;
  }

  String name() {
    return mapping.name();
  }

  /** Where it is filled from, or null. */
  String pointer() {
    return mapping.pointer();
  }

  Metadata metadata() {
    return mapping.metadata();
  }

  boolean required() {
    return mapping.required();
  }

  TimeForm timeForm() {
    return mapping.timeForm();
  }

  BinaryForm binaryForm() {
    return mapping.binaryForm();
  }

  int slot() {
    return slot;
  }

  String nullAs() {
    return nullAs;
  }

  /** The text that stands for NULL, or null. */
  byte[] nullText() {
    return nullText;
  }

  /** The constant, or what stands in for a value that is missing, or null. */
  byte[] constant() {
    return constant;
  }

  private static byte[] utf8(String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }
}
