package io.sluice.stack.redshift.copy.target;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A column's type as COPY sees it.
 *
 * @param length the bytes of a text or of a VARBYTE, the precision of a decimal, else 0
 * @param scale the scale of a decimal, else 0
 */
public record ColumnType(Kind kind, int length, int scale) {
  private static final Pattern NAME =
      Pattern.compile("([a-z ]+?)(?:\\((\\d+)(?:,(\\d+))?\\))?( with.*)?");
  private static final int LARGEST_VARCHAR = 65_535;
  private static final int DEFAULT_VARBYTE = 64_000;

  private static final Map<String, Kind> KINDS =
      Map.ofEntries(
          Map.entry("smallint", Kind.INT2),
          Map.entry("integer", Kind.INT4),
          Map.entry("bigint", Kind.INT8),
          Map.entry("numeric", Kind.NUMERIC),
          Map.entry("real", Kind.FLOAT4),
          Map.entry("double precision", Kind.FLOAT8),
          Map.entry("boolean", Kind.BOOL),
          Map.entry("character varying", Kind.VARCHAR),
          Map.entry("text", Kind.VARCHAR),
          Map.entry("character", Kind.CHAR),
          Map.entry("date", Kind.DATE),
          Map.entry("timestamp without time zone", Kind.TIMESTAMP),
          Map.entry("timestamp with time zone", Kind.TIMESTAMPTZ),
          Map.entry("jsonb", Kind.SUPER),
          Map.entry("bytea", Kind.VARBYTE));

  /** The types that COPY can fill, with the names that the system tables give them. */
  public enum Kind {
    INT2("int2"),
    INT4("int4"),
    INT8("int8"),
    NUMERIC("numeric"),
    FLOAT4("float4"),
    FLOAT8("float8"),
    BOOL("bool"),
    VARCHAR("varchar"),
    CHAR("char"),
    DATE("date"),
    TIMESTAMP("timestamp"),
    TIMESTAMPTZ("timestampt"),
    SUPER("super"),
    VARBYTE("varbyte"),
    /** Any type that Redshift has not or that the stand-in does not load. */
    OTHER("unknown");

    private final String systemName;

    Kind(String systemName) {
      this.systemName = systemName;
    }

    /** The name in system tables, at most ten characters. */
    public String systemName() {
      return systemName;
    }
  }

  /** Reads a type as PostgreSQL's format_type spells it; bytea may have a length, too. */
  public static ColumnType parse(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      return new ColumnType(Kind.OTHER, 0, 0);
    }
    String suffix = matcher.group(4) == null ? "" : matcher.group(4);
    Kind kind = KINDS.getOrDefault(matcher.group(1) + suffix, Kind.OTHER);
    int length =
        number(
            matcher.group(2),
            switch (kind) {
              case VARCHAR -> LARGEST_VARCHAR;
              case VARBYTE -> DEFAULT_VARBYTE;
              case NUMERIC -> 38;
              default -> 0;
            });
    return new ColumnType(kind, length, number(matcher.group(3), 0));
  }

  /** Whether empty fields are empty values rather than NULL. */
  public boolean isText() {
    return kind == Kind.VARCHAR || kind == Kind.CHAR;
  }

  /** Whether DATEFORMAT or TIMEFORMAT reads the column. */
  public boolean isTemporal() {
    return kind == Kind.DATE || kind == Kind.TIMESTAMP || kind == Kind.TIMESTAMPTZ;
  }

  /** The length as the system tables show it. */
  public String shownLength() {
    return isText() || kind == Kind.VARBYTE
        ? Integer.toString(length)
        : kind == Kind.NUMERIC ? length + "," + scale : "0";
  }

  private static int number(String digits, int otherwise) {
    return digits == null ? otherwise : Integer.parseInt(digits);
  }
}
