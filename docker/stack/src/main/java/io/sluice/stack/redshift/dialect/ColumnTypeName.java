package io.sluice.stack.redshift.dialect;

import io.sluice.stack.redshift.copy.grammar.CopyStatement;
import io.sluice.stack.redshift.sql.SqlRefusal;
import io.sluice.stack.redshift.sql.Token;
import io.sluice.stack.redshift.sql.TokenCursor;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A column's type, with Redshift's defaults: VARCHAR is VARCHAR(256), CHAR is CHAR(1), DECIMAL is
 * DECIMAL(18,0). Source: "Data types" of the Redshift Database Developer Guide.
 *
 * @param varcharBytes the longest value of a VARCHAR in bytes, 0 for any other type
 */
record ColumnTypeName(String sql, int varcharBytes) {
  private static final int LARGEST_VARCHAR = 65_535;
  private static final int LARGEST_CHAR = 4096;
  private static final BigDecimal LARGEST_PRECISION = BigDecimal.valueOf(38);
  private static final int DEFAULT_VARBYTE = 64_000;
  private static final int DEFAULT_VARCHAR = 256;

  /**
   * Types of PostgreSQL 8.0 that Redshift's tables cannot have; see "Unsupported PostgreSQL data
   * types".
   */
  private static final Set<String> UNSUPPORTED =
      Set.of(
          "bigserial",
          "bit",
          "box",
          "bytea",
          "cidr",
          "circle",
          "inet",
          "line",
          "lseg",
          "macaddr",
          "money",
          "oid",
          "path",
          "point",
          "polygon",
          "regclass",
          "regproc",
          "regtype",
          "serial",
          "varbit");

  /** Types that came after it. */
  private static final Set<String> UNKNOWN =
      Set.of(
          "hstore",
          "int4range",
          "int8range",
          "json",
          "jsonb",
          "numrange",
          "serial8",
          "smallserial",
          "tsquery",
          "tsrange",
          "tstzrange",
          "tsvector",
          "uuid",
          "xml");

  /** Refuses a column whose type, at the cursor, PostgreSQL has and Redshift has not. */
  static void checkSupported(String table, Token column, TokenCursor cursor) {
    Token type = cursor.peek();
    String name = type.text().toLowerCase(Locale.ROOT);
    if (UNKNOWN.contains(name)) {
      throw SqlRefusal.of("42704", "type \"" + name + "\" does not exist");
    }
    boolean array = cursor.peek(1).isSymbol("[") || cursor.peek(1).is("ARRAY");
    if (UNSUPPORTED.contains(name) || array) {
      throw SqlRefusal.notSupported(
          "Column \"%s.%s\" has unsupported type \"%s\"."
              .formatted(table, column.name(), array ? name + "[]" : name));
    }
  }

  static ColumnTypeName parse(String text, TokenCursor cursor) {
    Token first = cursor.expectName();
    return switch (first.text().toLowerCase(Locale.ROOT)) {
      case "varchar", "nvarchar" -> varchar(cursor);
      case "text" -> new ColumnTypeName("varchar(" + DEFAULT_VARCHAR + ")", DEFAULT_VARCHAR);
      case "bpchar" -> new ColumnTypeName("char(256)", 0);
      case "char", "character", "nchar" ->
          cursor.accept("VARYING") ? varchar(cursor) : character(cursor);
      case "super" -> new ColumnTypeName("jsonb", 0);
      case "varbyte", "varbinary" -> bytes(cursor);
      case "binary" -> {
        cursor.expect("VARYING");
        yield bytes(cursor);
      }
      case "numeric", "decimal" -> numeric(text, cursor, first);
      default -> other(text, cursor, first);
    };
  }

  /**
   * The check that makes the column count bytes as Redshift does, where PostgreSQL would count
   * characters.
   */
  Optional<String> byteCheck(String column) {
    if (varcharBytes == 0) {
      return Optional.empty();
    }
    return Optional.of(
        "CONSTRAINT %1$s CHECK (octet_length(%2$s) <= %3$d OR redshift.too_long(%2$s, %3$d))"
            .formatted(checkName(column), CopyStatement.quote(column), varcharBytes));
  }

  /** The name of that check, quoted. */
  static String checkName(String column) {
    return CopyStatement.quote("varchar_bytes_" + column);
  }

  private static ColumnTypeName varchar(TokenCursor cursor) {
    int length = DEFAULT_VARCHAR;
    if (cursor.acceptSymbol("(")) {
      length = cursor.accept("MAX") ? LARGEST_VARCHAR : cursor.expectInteger();
      cursor.expectSymbol(")");
      checkLength("varchar", length, LARGEST_VARCHAR);
    }
    return new ColumnTypeName("varchar(" + length + ")", length);
  }

  private static ColumnTypeName character(TokenCursor cursor) {
    int length = 1;
    if (cursor.acceptSymbol("(")) {
      length = cursor.accept("MAX") ? LARGEST_CHAR : cursor.expectInteger();
      cursor.expectSymbol(")");
      checkLength("char", length, LARGEST_CHAR);
    }
    return new ColumnTypeName("char(" + length + ")", 0);
  }

  private static void checkLength(String type, int length, int largest) {
    if (length > largest) {
      throw SqlRefusal.of("22023", "length for type %s cannot exceed %d".formatted(type, largest));
    }
  }

  private static ColumnTypeName numeric(String text, TokenCursor cursor, Token first) {
    if (!cursor.peek().isSymbol("(")) {
      return new ColumnTypeName("numeric(18,0)", 0);
    }
    Token precision = cursor.peek(1);
    ColumnTypeName type = other(text, cursor, first);
    if (precision.kind() == Token.Kind.NUMBER
        && new BigDecimal(precision.text()).compareTo(LARGEST_PRECISION) > 0) {
      throw SqlRefusal.of(
          "22023",
          "NUMERIC precision %s must be between 1 and %s"
              .formatted(precision.text(), LARGEST_PRECISION));
    }
    return type;
  }

  private static ColumnTypeName bytes(TokenCursor cursor) {
    int length = DEFAULT_VARBYTE;
    if (cursor.acceptSymbol("(")) {
      length = cursor.expectInteger();
      cursor.expectSymbol(")");
    }
    return new ColumnTypeName("bytea", length);
  }

  private static ColumnTypeName other(String text, TokenCursor cursor, Token first) {
    int end = first.end();
    if (cursor.peek().is("PRECISION")) {
      end = cursor.next().end();
    }
    if (cursor.peek().isSymbol("(")) {
      end = cursor.skipParentheses().end();
    }
    if (cursor.at("WITH", "TIME", "ZONE") || cursor.at("WITHOUT", "TIME", "ZONE")) {
      cursor.next();
      cursor.next();
      end = cursor.next().end();
    }
    return new ColumnTypeName(text.substring(first.start(), end), 0);
  }
}
