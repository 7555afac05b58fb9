package io.sluice.stack.redshift.dialect;

import io.sluice.stack.redshift.sql.SqlRefusal;
import io.sluice.stack.redshift.sql.Token;
import io.sluice.stack.redshift.sql.TokenCursor;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Refuses what PostgreSQL could do and Redshift cannot. Source: "Unsupported PostgreSQL features"
 * and "Unsupported PostgreSQL functions" of the Redshift Database Developer Guide.
 */
final class Guard {
  private static final List<String[]> UNSUPPORTED_COMMANDS =
      List.of(
          new String[] {"SAVEPOINT"},
          new String[] {"RELEASE"},
          new String[] {"ROLLBACK", "TO"},
          new String[] {"ROLLBACK", "WORK", "TO"},
          new String[] {"ROLLBACK", "TRANSACTION", "TO"},
          new String[] {"CREATE", "INDEX"},
          new String[] {"CREATE", "UNIQUE", "INDEX"},
          new String[] {"DROP", "INDEX"},
          new String[] {"REINDEX"},
          new String[] {"CLUSTER"},
          new String[] {"CREATE", "TRIGGER"},
          new String[] {"CREATE", "SEQUENCE"},
          new String[] {"CREATE", "RULE"},
          new String[] {"CREATE", "DOMAIN"},
          new String[] {"CREATE", "TYPE"},
          new String[] {"CREATE", "EXTENSION"},
          new String[] {"LISTEN"},
          new String[] {"NOTIFY"},
          new String[] {"UNLISTEN"},
          new String[] {"PREPARE", "TRANSACTION"});

  private static final Set<String> CHANGES = Set.of("INSERT", "UPDATE", "DELETE", "MERGE");

  private Guard() {}

  /** Throws {@link SqlRefusal} if the statement is none of Redshift's. */
  static void check(String sql, List<Token> statement) {
    TokenCursor cursor = new TokenCursor(statement);
    for (String[] command : UNSUPPORTED_COMMANDS) {
      if (cursor.at(command)) {
        throw unsupported(sql, statement);
      }
    }
    if (cursor.at("UNLOAD")) {
      throw SqlRefusal.notSupported("UNLOAD is not in the stand-in");
    }
    if (cursor.at("LOCK")) {
      checkLock(statement);
    }
    checkClauses(statement, CHANGES.contains(cursor.peek().text().toUpperCase(Locale.ROOT)));
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
      if (token.isName() && following.isSymbol("(") && isAdvisoryLock(token.name())) {
        throw SqlRefusal.of("42883", "function " + token.name() + " does not exist");
      }
    }
  }

  private static boolean isAdvisoryLock(String function) {
    return function.startsWith("pg_advisory_") || function.startsWith("pg_try_advisory_");
  }

  private static SqlRefusal unsupported(String sql, List<Token> statement) {
    String text =
        sql.substring(statement.get(0).start(), statement.get(statement.size() - 1).start())
            .strip();
    return SqlRefusal.notSupported(
        "SQL command \"" + text + "\" not supported on Redshift tables.");
  }
}
