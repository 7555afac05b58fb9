package io.sluice.stack.redshift.dialect;

import io.sluice.stack.redshift.copy.grammar.CopyStatement;
import io.sluice.stack.redshift.sql.Token;
import io.sluice.stack.redshift.sql.TokenCursor;
import java.util.Locale;
import java.util.Optional;

/**
 * A column's type, with Redshift's defaults: VARCHAR is VARCHAR(256), CHAR is CHAR(1), DECIMAL is
 * DECIMAL(18,0). Source: "Data types" of the Redshift Database Developer Guide.
 *
 * @param varcharBytes the longest value of a VARCHAR in bytes, 0 for any other type
 */
record ColumnTypeName(String sql, int varcharBytes) {
  private static final int LARGEST_VARCHAR = 65_535;
  private static final int DEFAULT_VARCHAR = 256;

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
      case "numeric", "decimal" ->
          cursor.peek().isSymbol("(")
              ? other(text, cursor, first)
              : new ColumnTypeName("numeric(18,0)", 0);
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
    }
    return new ColumnTypeName("varchar(" + length + ")", length);
  }

  private static ColumnTypeName character(TokenCursor cursor) {
    int length = 1;
    if (cursor.acceptSymbol("(")) {
      length = cursor.accept("MAX") ? 4096 : cursor.expectInteger();
      cursor.expectSymbol(")");
    }
    return new ColumnTypeName("char(" + length + ")", 0);
  }

  private static ColumnTypeName bytes(TokenCursor cursor) {
    if (cursor.peek().isSymbol("(")) {
      cursor.skipParentheses();
    }
    return new ColumnTypeName("bytea", 0);
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
