package io.sluice.writer.encode;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A Redshift column type, as DDL spells it, with what it limits. See "Data types" in the Amazon
 * Redshift Database Developer Guide.
 *
 * @param kind the type without its numbers
 * @param length bytes of a text, digits of a decimal
 * @param scale digits of a decimal behind the point
 */
public record ColumnType(Kind kind, int length, int scale) implements Serializable {
  /** The types that the writer encodes. */
  public enum Kind {
    SMALLINT("smallint"),
    INTEGER("integer"),
    BIGINT("bigint"),
    DECIMAL("decimal"),
    REAL("real"),
    DOUBLE("double precision"),
    BOOLEAN("boolean"),
    CHAR("char"),
    VARCHAR("varchar"),
    DATE("date"),
    TIMESTAMP("timestamp"),
    TIMESTAMPTZ("timestamptz"),
    SUPER("super"),
    VARBYTE("varbyte");

    private final String ddl;

    Kind(String ddl) {
      this.ddl = ddl;
    }
  }

  /** What Redshift takes for the same types. */
  private static final Map<String, Kind> SYNONYMS =
      Map.ofEntries(
          Map.entry("int2", Kind.SMALLINT),
          Map.entry("int", Kind.INTEGER),
          Map.entry("int4", Kind.INTEGER),
          Map.entry("int8", Kind.BIGINT),
          Map.entry("numeric", Kind.DECIMAL),
          Map.entry("float4", Kind.REAL),
          Map.entry("float8", Kind.DOUBLE),
          Map.entry("float", Kind.DOUBLE),
          Map.entry("bool", Kind.BOOLEAN),
          Map.entry("character", Kind.CHAR),
          Map.entry("character varying", Kind.VARCHAR),
          Map.entry("varbinary", Kind.VARBYTE),
          Map.entry("binary varying", Kind.VARBYTE),
          Map.entry("timestamp without time zone", Kind.TIMESTAMP),
          Map.entry("timestamp with time zone", Kind.TIMESTAMPTZ));

  private static final int MAX_CHAR = 4096;
  private static final int MAX_VARCHAR = 65535;
  private static final int MAX_VARBYTE = 16_777_216;
  private static final int DEFAULT_VARBYTE = 64_000;
  private static final int MAX_DIGITS = 38;
  private static final Pattern TYPE =
      Pattern.compile("([a-z0-9 ]+?)\\s*(?:\\(\\s*(\\w+)\\s*(?:,\\s*(\\d+)\\s*)?\\))?");

  public ColumnType {
    boolean valid =
        switch (kind) {
          case CHAR -> length >= 1 && length <= MAX_CHAR;
          case VARCHAR -> length >= 1 && length <= MAX_VARCHAR;
          case VARBYTE -> length >= 1 && length <= MAX_VARBYTE;
          case DECIMAL ->
              length >= 1 && length <= MAX_DIGITS && scale >= 0 && scale <= Math.min(37, length);
          case SMALLINT,
              INTEGER,
              BIGINT,
              REAL,
              DOUBLE,
              BOOLEAN,
              DATE,
              TIMESTAMP,
              TIMESTAMPTZ,
              SUPER ->
              length == 0 && scale == 0;
        };
    if (!valid) {
      throw new IllegalArgumentException(
          "char takes 1 to 4096 bytes, varchar 1 to 65535 or max, varbyte 1 to 16777216, decimal 1 to 38 digits with a scale within them");
    }
  }

  /**
   * Reads a type such as {@code varchar(64)}; throws {@link IllegalArgumentException} that says
   * what is allowed.
   */
  public static ColumnType parse(String ddl) {
    Matcher matcher = TYPE.matcher(ddl.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " "));
    Kind kind = matcher.matches() ? kind(matcher.group(1)) : null;
    if (kind == null) {
      throw new IllegalArgumentException("is not a column type here: use one of " + names());
    }
    return switch (kind) {
      case CHAR -> new ColumnType(kind, number(matcher.group(2), 1), 0);
      case VARCHAR -> new ColumnType(kind, number(matcher.group(2), 256), 0);
      case VARBYTE -> new ColumnType(kind, number(matcher.group(2), DEFAULT_VARBYTE), 0);
      case DECIMAL ->
          new ColumnType(kind, number(matcher.group(2), 18), number(matcher.group(3), 0));
      case SMALLINT, INTEGER, BIGINT, REAL, DOUBLE, BOOLEAN, DATE, TIMESTAMP, TIMESTAMPTZ, SUPER ->
          new ColumnType(kind, number(matcher.group(2), 0), 0);
    };
  }

  /** The type as DDL spells it. */
  @Override
  public String toString() {
    String name = kind.ddl;
    return switch (kind) {
      case CHAR, VARCHAR, VARBYTE -> name + "(" + length + ")";
      case DECIMAL -> name + "(" + length + "," + scale + ")";
      case SMALLINT, INTEGER, BIGINT, REAL, DOUBLE, BOOLEAN, DATE, TIMESTAMP, TIMESTAMPTZ, SUPER ->
          name;
    };
  }

  private static Kind kind(String name) {
    return Arrays.stream(Kind.values())
        .filter(kind -> kind.ddl.equals(name))
        .findFirst()
        .orElse(SYNONYMS.get(name));
  }

  private static int number(String text, int fallback) {
    if (text == null) {
      return fallback;
    }
    if (text.equals("max")) {
      return MAX_VARCHAR;
    }
    if (!text.matches("\\d{1,7}")) {
      throw new IllegalArgumentException("'" + text + "' is not a length");
    }
    return Integer.parseInt(text);
  }

  private static String names() {
    return Arrays.stream(Kind.values()).map(kind -> kind.ddl).collect(Collectors.joining(", "));
  }
}
