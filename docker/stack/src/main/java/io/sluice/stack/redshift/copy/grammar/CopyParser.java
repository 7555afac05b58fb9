package io.sluice.stack.redshift.copy.grammar;

import io.sluice.stack.redshift.copy.S3Url;
import io.sluice.stack.redshift.sql.SqlRefusal;
import io.sluice.stack.redshift.sql.Token;
import io.sluice.stack.redshift.sql.TokenCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Parses {@code COPY table [(columns)] FROM 's3://...' authorization [format] [options]};
 * authorization, format and options may stand in any order, as on Redshift. Source: the pages COPY,
 * "Authorization parameters", "Data format parameters", "Data conversion parameters" and "Data load
 * operations" of the Redshift Database Developer Guide.
 */
public final class CopyParser {
  private final TokenCursor cursor;
  private final CopyOptions options = new CopyOptions();

  private CopyParser(TokenCursor cursor) {
    this.cursor = cursor;
  }

  /**
   * Parses the tokens of one statement that begins with COPY.
   *
   * @throws SqlRefusal on a syntax error and on what the stand-in does not carry out
   */
  public static CopyStatement parse(List<Token> statement) {
    return new CopyParser(new TokenCursor(statement)).statement();
  }

  private CopyStatement statement() {
    cursor.expect("COPY");
    String first = cursor.expectName().name();
    Optional<String> schema = Optional.empty();
    String table = first;
    if (cursor.acceptSymbol(".")) {
      schema = Optional.of(first);
      table = cursor.expectName().name();
    }
    List<String> columns = columns();
    cursor.expect("FROM");
    S3Url source = source();
    CopyOptionParser optionParser = new CopyOptionParser(cursor, options);
    while (!cursor.atEnd()) {
      optionParser.option();
    }
    optionParser.check();
    return new CopyStatement(schema, table, columns, source, options);
  }

  private List<String> columns() {
    List<String> columns = new ArrayList<>();
    if (!cursor.acceptSymbol("(")) {
      return columns;
    }
    do {
      columns.add(cursor.expectName().name());
    } while (cursor.acceptSymbol(","));
    cursor.expectSymbol(")");
    return columns;
  }

  private S3Url source() {
    if (cursor.at("STDIN")) {
      throw SqlRefusal.notSupported("COPY from STDIN is not supported; load from 's3://...'");
    }
    Token token = cursor.peek();
    String url = cursor.expectString();
    for (String foreign : List.of("emr://", "ssh://", "dynamodb://")) {
      if (url.startsWith(foreign)) {
        throw SqlRefusal.notSupported("COPY from " + foreign + " is not in the stand-in");
      }
    }
    return S3Url.parse(url)
        .orElseThrow(
            () ->
                SqlRefusal.syntax(
                    "COPY needs a source 's3://bucket/key', not '" + url + "'", token.start()));
  }
}
