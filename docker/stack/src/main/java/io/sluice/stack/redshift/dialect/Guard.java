package io.sluice.stack.redshift.dialect;

import io.sluice.stack.redshift.sql.SqlRefusal;
import io.sluice.stack.redshift.sql.Token;
import io.sluice.stack.redshift.sql.TokenCursor;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Refuses what PostgreSQL could do and Redshift cannot. Source: "Unsupported PostgreSQL features"
 * and "Unsupported PostgreSQL functions" of the Redshift Database Developer Guide. What Redshift's
 * parser knows, PostgreSQL 8.0's, is refused by name; what came later is a syntax error.
 */
final class Guard {
  private static final Set<String> COMMANDS =
      Set.of("SAVEPOINT", "RELEASE", "REINDEX", "CLUSTER", "LISTEN", "NOTIFY", "UNLISTEN", "LOAD");

  private static final List<String[]> PHRASES =
      List.of(
          new String[] {"ROLLBACK", "TO"},
          new String[] {"ROLLBACK", "WORK", "TO"},
          new String[] {"ROLLBACK", "TRANSACTION", "TO"},
          new String[] {"CREATE", "UNIQUE", "INDEX"},
          new String[] {"PREPARE", "TRANSACTION"});

  private static final Set<String> DEFINITIONS = Set.of("CREATE", "ALTER", "DROP");

  /** Kinds of objects that Redshift's parser knows and Redshift has not. */
  private static final Set<String> OBJECTS =
      Set.of(
          "AGGREGATE",
          "CAST",
          "CONVERSION",
          "DOMAIN",
          "INDEX",
          "OPERATOR",
          "RULE",
          "SEQUENCE",
          "TABLESPACE",
          "TRIGGER",
          "TYPE");

  /** Commands that PostgreSQL got after version 8.0, and a list of values as a query. */
  private static final Set<String> LATER_COMMANDS =
      Set.of("DISCARD", "DO", "IMPORT", "REASSIGN", "SECURITY", "VALUES");

  private static final Set<String> LATER_OBJECTS =
      Set.of(
          "ACCESS",
          "COLLATION",
          "EVENT",
          "EXTENSION",
          "FOREIGN",
          "PUBLICATION",
          "SERVER",
          "STATISTICS",
          "SUBSCRIPTION",
          "TEXT",
          "TRANSFORM",
          "UNLOGGED");

  private static final Set<String> CHANGES = Set.of("INSERT", "UPDATE", "DELETE", "MERGE");

  private static final Set<String> FUNCTIONS =
      Set.of(
          "array_agg",
          "gen_random_uuid",
          "jsonb_agg",
          "json_agg",
          "jsonb_build_object",
          "json_build_object",
          "row_to_json",
          "to_json",
          "to_jsonb",
          "string_to_array",
          "array_to_string",
          "unnest",
          "nextval",
          "currval",
          "setval",
          "lastval",
          "regexp_matches",
          "regexp_split_to_table",
          "regexp_split_to_array",
          "set_masklen",
          "pg_sleep",
          "pg_switch_wal",
          "txid_current",
          "xmlelement",
          "xmlforest");

  private Guard() {}

  /** Throws {@link SqlRefusal} if the statement is none of Redshift's. */
  static void check(String sql, List<Token> statement) {
    TokenCursor cursor = new TokenCursor(statement);
    String command = word(cursor.peek());
    checkCommand(sql, statement, command);
    if (DEFINITIONS.contains(command)) {
      checkObject(sql, statement, cursor);
    }
    if (command.equals("LOCK")) {
      checkLock(statement);
    }
    checkClauses(statement, CHANGES.contains(command));
  }

  private static void checkCommand(String sql, List<Token> statement, String command) {
    TokenCursor cursor = new TokenCursor(statement);
    if (COMMANDS.contains(command) || PHRASES.stream().anyMatch(cursor::at)) {
      throw unsupported(sql, statement);
    }
    if (LATER_COMMANDS.contains(command)) {
      throw SqlRefusal.syntaxAt(cursor.peek());
    }
    if (command.equals("UNLOAD")) {
      throw SqlRefusal.notSupported("UNLOAD is not in the stand-in");
    }
  }

  private static void checkObject(String sql, List<Token> statement, TokenCursor cursor) {
    Token kind = cursor.peek(1);
    String object = word(kind);
    if (OBJECTS.contains(object)) {
      throw unsupported(sql, statement);
    }
    if (LATER_OBJECTS.contains(object)) {
      throw SqlRefusal.syntaxAt(kind);
    }
    if (object.equals("DATABASE") || object.equals("EXTERNAL") || object.equals("DATASHARE")) {
      throw SqlRefusal.notSupported(
          "%s %s is not in the stand-in".formatted(word(cursor.peek()), object));
    }
  }

  /** Redshift's LOCK knows no modes. */
  private static void checkLock(List<Token> statement) {
    for (Token token : statement) {
      if (token.is("IN") || token.is("NOWAIT")) {
        throw SqlRefusal.syntaxAt(token);
      }
    }
  }

  private static void checkClauses(List<Token> statement, boolean change) {
    for (int i = 0; i + 1 < statement.size(); i++) {
      Token token = statement.get(i);
      Token following = statement.get(i + 1);
      if (change && (token.is("RETURNING") || (token.is("ON") && following.is("CONFLICT")))) {
        throw SqlRefusal.syntaxAt(token);
      }
      if (token.is("FOR") && (following.is("UPDATE") || following.is("SHARE"))) {
        throw SqlRefusal.notSupported("SELECT FOR UPDATE/SHARE is not supported");
      }
      if (token.is("DISTINCT") && following.is("ON")) {
        throw SqlRefusal.notSupported("SELECT DISTINCT ON is not supported");
      }
      // What psql asks of the catalog by its schema's name is answered as PostgreSQL would.
      boolean qualified = i > 0 && statement.get(i - 1).isSymbol(".");
      if (token.isName() && !qualified && following.isSymbol("(") && isMissing(token.name())) {
        throw SqlRefusal.of("42883", "function " + token.name() + " does not exist");
      }
    }
  }

  private static boolean isMissing(String function) {
    return FUNCTIONS.contains(function)
        || function.startsWith("pg_advisory_")
        || function.startsWith("pg_try_advisory_");
  }

  private static String word(Token token) {
    return token.text().toUpperCase(Locale.ROOT);
  }

  private static SqlRefusal unsupported(String sql, List<Token> statement) {
    String text =
        sql.substring(statement.get(0).start(), statement.get(statement.size() - 1).start())
            .strip();
    return SqlRefusal.notSupported(
        "SQL command \"" + text + "\" not supported on Redshift tables.");
  }
}
