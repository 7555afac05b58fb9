package io.sluice.stack.redshift.dialect;

import io.sluice.stack.redshift.sql.SqlRefusal;
import io.sluice.stack.redshift.sql.Token;
import io.sluice.stack.redshift.sql.TokenCursor;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * CREATE USER and ALTER USER. Source: "CREATE USER" of the Redshift Database Developer Guide; its
 * rules for passwords are kept, the words of their refusal are our own.
 */
final class UserStatement {
  private static final Pattern PASSWORD =
      Pattern.compile("(?=.*[A-Z])(?=.*[a-z])(?=.*[0-9])[!-~&&[^'\"\\\\/@]]{8,64}");

  private static final Pattern MD5 = Pattern.compile("md5[0-9a-f]{32}");
  private static final String SHA256 = "sha256|";

  private final TokenCursor cursor;
  private final StringBuilder result;

  private UserStatement(TokenCursor cursor, String head) {
    this.cursor = cursor;
    this.result = new StringBuilder(head);
  }

  static boolean starts(TokenCursor cursor) {
    return cursor.at("CREATE", "USER") || cursor.at("ALTER", "USER");
  }

  static String rewrite(String sql, List<Token> statement) {
    TokenCursor cursor = new TokenCursor(statement);
    int start = cursor.next().start();
    cursor.expect("USER");
    Token name = cursor.expectName();
    boolean setting = cursor.at("SET") || cursor.at("RESET") || cursor.at("RENAME");
    if (setting) {
      return sql.substring(start, statement.get(statement.size() - 1).start());
    }
    cursor.accept("WITH");
    UserStatement user = new UserStatement(cursor, sql.substring(start, name.end()));
    while (!cursor.atEnd()) {
      user.option();
    }
    return user.result.toString();
  }

  private void option() {
    if (cursor.accept("CREATEDB")) {
      result.append(" CREATEDB");
    } else if (cursor.accept("NOCREATEDB")) {
      result.append(" NOCREATEDB");
    } else if (cursor.accept("CREATEUSER")) {
      // A superuser on Redshift; the stand-in has no more than its own user's rights to give.
      result.append(" CREATEDB CREATEROLE");
    } else if (cursor.accept("NOCREATEUSER")) {
      result.append(" NOCREATEROLE");
    } else if (cursor.accept("PASSWORD")) {
      result.append(" PASSWORD ").append(password());
    } else if (cursor.accept("VALID", "UNTIL")) {
      result.append(" VALID UNTIL ").append(cursor.peek().text());
      cursor.expectString();
    } else if (cursor.accept("CONNECTION", "LIMIT")) {
      result.append(" CONNECTION LIMIT ");
      result.append(cursor.accept("UNLIMITED") ? -1 : cursor.expectInteger());
    } else if (cursor.accept("IN", "GROUP")) {
      result.append(" IN ROLE ").append(names());
    } else {
      ignored();
    }
  }

  private void ignored() {
    if (cursor.accept("SYSLOG", "ACCESS")) {
      cursor.expectName();
    } else if (cursor.accept("SESSION", "TIMEOUT")) {
      cursor.expectInteger();
    } else if (!cursor.accept("RESET", "SESSION", "TIMEOUT")) {
      if (cursor.at("EXTERNALID")) {
        throw SqlRefusal.notSupported("EXTERNALID is not in the stand-in");
      }
      throw SqlRefusal.syntaxAt(cursor.peek());
    }
  }

  private String password() {
    if (cursor.accept("DISABLE")) {
      return "NULL";
    }
    String password = cursor.expectString();
    if (MD5.matcher(password.toLowerCase(Locale.ROOT)).matches()) {
      return "'" + password.toLowerCase(Locale.ROOT) + "'";
    }
    if (password.startsWith(SHA256)) {
      password = password.substring(SHA256.length());
      if (password.contains("|")) {
        throw SqlRefusal.notSupported(
            "A sha256 digest as PASSWORD is not in the stand-in: it checks logins by md5");
      }
    }
    if (!PASSWORD.matcher(password).matches()) {
      throw SqlRefusal.of(
          "22023",
          "Password must have 8 to 64 printable characters, among them an uppercase letter, a lowercase letter and a"
              + " number, and none of ' \" \\ / @");
    }
    return "'" + password + "'";
  }

  private String names() {
    StringBuilder names = new StringBuilder(cursor.expectName().text());
    while (cursor.acceptSymbol(",")) {
      names.append(", ").append(cursor.expectName().text());
    }
    return names.toString();
  }
}
