package io.sluice.common.manifest;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * A column of a batch: its name and its Redshift type as one writes it in DDL, such as {@code
 * varchar(64)}.
 */
public record Column(String name, String type) implements Serializable {
  public Column {
    requireNonNull(name, "name");
    requireNonNull(type, "type");
  }
}
