package io.sluice.writer.map.value;

import io.sluice.writer.encode.ColumnType;
import java.nio.charset.StandardCharsets;

/** A column as a task fills it. Unchanging, for any thread. */
public final class ColumnPlan {
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
  public ColumnPlan(ColumnMapping mapping, int slot, String nullAs) {
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

  /** Whether it holds documents. */
  public boolean isSuper() {
    return type.kind() == ColumnType.Kind.SUPER;
  }

  public String name() {
    return mapping.name();
  }

  /** Where it is filled from, or null. */
  public String pointer() {
    return mapping.pointer();
  }

  /** What of the record's way it tells, or null. */
  public Metadata metadata() {
    return mapping.metadata();
  }

  /** Whether a record without a value is a reject. */
  public boolean required() {
    return mapping.required();
  }

  TimeForm timeForm() {
    return mapping.timeForm();
  }

  BinaryForm binaryForm() {
    return mapping.binaryForm();
  }

  /** Where its value is in documents, -1 when it comes from elsewhere. */
  public int slot() {
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
  public byte[] constant() {
    return constant;
  }

  private static byte[] utf8(String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }
}
