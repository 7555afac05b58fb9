package io.sluice.common.manifest;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.Serializable;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a warehouse table, {@code schema.table}, checked once so that SQL and S3 keys may be
 * built from it without quoting.
 *
 * <p>Only Redshift's standard identifiers are taken (letters, digits, {@code _}, {@code $}, at most
 * 127 characters, no digit first), and they are folded to lower case as Redshift itself does with
 * unquoted names; a name without a schema is in {@code public}. See "Names and identifiers" in the
 * Amazon Redshift Database Developer Guide.
 */
public record TableName(String schema, String table)
    implements Comparable<TableName>, Serializable {
  private static final String IDENTIFIER = "[A-Za-z_][A-Za-z0-9_$]{0,126}";
  private static final Pattern NAME =
      Pattern.compile("(?:(" + IDENTIFIER + ")\\.)?(" + IDENTIFIER + ")");
  private static final Pattern PART = Pattern.compile("[a-z_][a-z0-9_$]{0,126}");

  public TableName {
    requireIdentifier(schema);
    requireIdentifier(table);
  }

  /**
   * Reads {@code schema.table} or {@code table}; throws {@link IllegalArgumentException} that says
   * what is allowed.
   */
  @JsonCreator
  public static TableName parse(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'"
              + name
              + "' is not a table name: use table or schema.table of letters, digits, _ and $, no digit first");
    }
    String schema = matcher.group(1) == null ? "public" : matcher.group(1);
    return new TableName(
        schema.toLowerCase(Locale.ROOT), matcher.group(2).toLowerCase(Locale.ROOT));
  }

  @Override
  public int compareTo(TableName other) {
    return toString().compareTo(other.toString());
  }

  /** {@code schema.table}: fit for SQL, for an S3 key and for people. */
  @JsonValue
  @Override
  public String toString() {
    return schema + "." + table;
  }

  private static void requireIdentifier(String identifier) {
    if (!PART.matcher(identifier).matches()) {
      throw new IllegalArgumentException("'" + identifier + "' is not a lower-case identifier");
    }
  }
}
