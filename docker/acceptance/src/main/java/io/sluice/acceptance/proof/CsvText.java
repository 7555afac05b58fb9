package io.sluice.acceptance.proof;

import io.sluice.common.manifest.FileFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads CSV as COPY does: quotes are doubled inside of quotes, and only an unquoted field can be
 * NULL.
 */
final class CsvText {
  private final char delimiter;
  private final String nullAs;
  private String text;
  private int at;

  CsvText(FileFormat format) {
    this.delimiter = format.delimiter().charAt(0);
    this.nullAs = format.nullAs();
  }

  /** The fields of every row, empty for NULL. */
  List<List<Optional<String>>> rows(String content) {
    text = content;
    at = 0;
    List<List<Optional<String>>> rows = new ArrayList<>();
    while (at < text.length()) {
      rows.add(row());
    }
    return rows;
  }

  private List<Optional<String>> row() {
    List<Optional<String>> fields = new ArrayList<>();
    fields.add(field());
    while (at < text.length() && text.charAt(at) == delimiter) {
      at++;
      fields.add(field());
    }
    at++;
    return fields;
  }

  private Optional<String> field() {
    if (at < text.length() && text.charAt(at) == '"') {
      return Optional.of(quoted());
    }
    int start = at;
    while (at < text.length() && text.charAt(at) != delimiter && text.charAt(at) != '\n') {
      at++;
    }
    String field = text.substring(start, at);
    return field.equals(nullAs) ? Optional.empty() : Optional.of(field);
  }

  private String quoted() {
    StringBuilder field = new StringBuilder();
    for (at++; at < text.length(); at++) {
      if (text.charAt(at) == '"') {
        at++;
        if (at >= text.length() || text.charAt(at) != '"') {
          return field.toString();
        }
      }
      field.append(text.charAt(at));
    }
    throw new IllegalArgumentException("a quote is never closed: " + field);
  }
}
