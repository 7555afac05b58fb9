package io.sluice.stack.redshift.dialect;

import io.sluice.stack.redshift.copy.grammar.CopyParser;
import io.sluice.stack.redshift.dialect.Translation.Kind;
import io.sluice.stack.redshift.sql.Lexer;
import io.sluice.stack.redshift.sql.SqlRefusal;
import io.sluice.stack.redshift.sql.Token;
import io.sluice.stack.redshift.sql.TokenCursor;
import java.util.ArrayList;
import java.util.List;

/** Translates a client's text, statement by statement. Stateless. */
public final class Dialect {
  private Dialect() {}

  /** The statements of {@code sql} in order; empty if it holds none. */
  public static List<Translation> translate(String sql) {
    List<Token> tokens;
    try {
      tokens = Lexer.tokens(sql);
    } catch (SqlRefusal e) {
      return List.of(Translation.refused(e.error()));
    }
    List<Translation> translations = new ArrayList<>();
    List<Token> statement = new ArrayList<>();
    for (Token token : tokens) {
      if (token.isSymbol(";") || token.kind() == Token.Kind.END) {
        if (!statement.isEmpty()) {
          statement.add(new Token(Token.Kind.END, "", token.start(), token.start()));
          translations.add(translateOne(sql, statement));
          statement = new ArrayList<>();
        }
      } else {
        statement.add(token);
      }
    }
    return translations;
  }

  private static Translation translateOne(String sql, List<Token> statement) {
    try {
      return dispatch(sql, statement).about(Subject.of(statement));
    } catch (SqlRefusal e) {
      return Translation.refused(e.error());
    }
  }

  private static Translation dispatch(String sql, List<Token> statement) {
    Guard.check(sql, statement);
    TokenCursor cursor = new TokenCursor(statement);
    if (cursor.at("COPY")) {
      return copy(statement);
    }
    if (cursor.at("MERGE")) {
      return MergeStatement.translate(sql, statement);
    }
    if (cursor.at("TRUNCATE")) {
      return Maintenance.truncate(sql, statement);
    }
    if (cursor.at("VACUUM")) {
      return Maintenance.vacuum(sql, statement);
    }
    if (cursor.at("ANALYZE") || cursor.at("ANALYSE")) {
      return Maintenance.analyze(sql, statement);
    }
    if (cursor.at("SHOW")) {
      return SettingStatement.show(sql, statement);
    }
    if (AppendStatement.starts(statement)) {
      return AppendStatement.translate(statement);
    }
    String text = rewritten(sql, statement, cursor);
    if (WrittenTable.starts(cursor)) {
      String table = WrittenTable.quotedName(statement);
      return cursor.at("INSERT")
          ? Translation.insert(text, table)
          : Translation.change(text, table);
    }
    if (cursor.at("COMMIT") || cursor.at("END")) {
      return Translation.of(Kind.COMMIT, text);
    }
    Translation translation = Translation.of(isQuery(cursor) ? Kind.READ : Kind.PASSED, text);
    return AlterTable.changesAType(statement)
        ? translation.alone("ALTER TABLE ALTER COLUMN")
        : translation;
  }

  private static boolean isQuery(TokenCursor cursor) {
    return cursor.at("SELECT") || cursor.at("WITH") || cursor.peek().isSymbol("(");
  }

  private static Translation copy(List<Token> statement) {
    for (Token token : statement) {
      if (token.is("FROM")) {
        return Translation.copy(CopyParser.parse(statement));
      }
      if (token.is("TO")) {
        throw SqlRefusal.syntaxAt(token);
      }
    }
    throw SqlRefusal.syntaxAt(statement.get(statement.size() - 1));
  }

  private static String rewritten(String sql, List<Token> statement, TokenCursor cursor) {
    if (CreateTable.starts(cursor)) {
      return CreateTable.rewrite(sql, statement);
    }
    if (cursor.at("ALTER", "TABLE")) {
      return AlterTable.rewrite(sql, statement);
    }
    if (UserStatement.starts(cursor)) {
      return UserStatement.rewrite(sql, statement);
    }
    if (cursor.at("SET") || cursor.at("RESET")) {
      return SettingStatement.rewrite(sql, statement);
    }
    if (cursor.at("BEGIN") || cursor.at("START", "TRANSACTION")) {
      return SettingStatement.withoutIsolation(sql, statement);
    }
    String text = Expressions.rewrite(sql, statement);
    boolean bareDelete = cursor.at("DELETE") && !cursor.peek(1).is("FROM");
    return bareDelete ? "delete from" + text.substring("delete".length()) : text;
  }
}
