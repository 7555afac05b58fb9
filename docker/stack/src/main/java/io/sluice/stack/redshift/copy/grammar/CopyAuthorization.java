package io.sluice.stack.redshift.copy.grammar;

import io.sluice.stack.redshift.sql.SqlRefusal;
import io.sluice.stack.redshift.sql.Token;
import io.sluice.stack.redshift.sql.TokenCursor;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * By whose right COPY reads. Nobody checks the right itself: only what is malformed is refused, and
 * no error ever repeats a secret. Source: "Authorization parameters" of the Redshift Database
 * Developer Guide.
 */
final class CopyAuthorization {
  private static final Pattern ROLE = Pattern.compile("arn:aws[a-z-]*:iam::\\d{12}:role/.+");
  private static final Pattern KEYS =
      Pattern.compile(
          "aws_access_key_id=[^;=\\s]+;aws_secret_access_key=[^;\\s]+(;token=[^;\\s]+)?"
              + "(;master_symmetric_key=[^;\\s]+)?");
  private static final Pattern ROLE_ARGUMENT =
      Pattern.compile("aws_iam_role=([^;\\s]+)(;master_symmetric_key=[^;\\s]+)?");

  private static final List<String> KEY_OPTIONS =
      List.of("ACCESS_KEY_ID", "SECRET_ACCESS_KEY", "SESSION_TOKEN");

  private final TokenCursor cursor;

  CopyAuthorization(TokenCursor cursor) {
    this.cursor = cursor;
  }

  Map<String, Runnable> parsers() {
    return Map.of(
        "IAM_ROLE", this::role,
        "CREDENTIALS", this::credentials,
        "ACCESS_KEY_ID", this::key,
        "SECRET_ACCESS_KEY", this::key,
        "SESSION_TOKEN", this::key);
  }

  /** Refuses none, and more than one; {@code given} are the statement's options. */
  void check(Map<String, Token> given) {
    boolean keys = KEY_OPTIONS.stream().anyMatch(given::containsKey);
    int ways =
        (given.containsKey("IAM_ROLE") ? 1 : 0)
            + (given.containsKey("CREDENTIALS") ? 1 : 0)
            + (keys ? 1 : 0);
    if (ways == 0) {
      throw SqlRefusal.of(
          "42601", "No authorization was given: COPY needs IAM_ROLE, CREDENTIALS or ACCESS_KEY_ID");
    }
    if (ways > 1) {
      throw SqlRefusal.syntax("conflicting or redundant options", last(given).start());
    }
    if (keys && !(given.containsKey("ACCESS_KEY_ID") && given.containsKey("SECRET_ACCESS_KEY"))) {
      throw SqlRefusal.syntax(
          "ACCESS_KEY_ID and SECRET_ACCESS_KEY must be given together", last(given).start());
    }
  }

  private static Token last(Map<String, Token> given) {
    Token last = null;
    for (Map.Entry<String, Token> option : given.entrySet()) {
      boolean authorizes =
          KEY_OPTIONS.contains(option.getKey())
              || option.getKey().equals("IAM_ROLE")
              || option.getKey().equals("CREDENTIALS");
      last = authorizes ? option.getValue() : last;
    }
    return last;
  }

  private void role() {
    cursor.accept("AS");
    if (cursor.accept("DEFAULT")) {
      return;
    }
    String role = cursor.expectString();
    if (!role.equalsIgnoreCase("default") && !isRole(role)) {
      throw SqlRefusal.of("42601", "Invalid IAM_ROLE: '" + role + "' is not the ARN of a role");
    }
  }

  /** Roles may be chained. */
  private static boolean isRole(String chain) {
    for (String role : chain.split(",", -1)) {
      if (!ROLE.matcher(role.strip()).matches()) {
        return false;
      }
    }
    return true;
  }

  private void credentials() {
    cursor.accept("AS");
    String text = cursor.expectString();
    var role = ROLE_ARGUMENT.matcher(text);
    if (!KEYS.matcher(text).matches() && !(role.matches() && isRole(role.group(1)))) {
      throw SqlRefusal.of(
          "42601",
          "Invalid credentials. Must be of the format: credentials 'aws_iam_role=...' or"
              + " 'aws_access_key_id=...;aws_secret_access_key=...[;token=...]'");
    }
  }

  private void key() {
    cursor.accept("AS");
    Token token = cursor.peek();
    String key = cursor.expectString();
    if (key.isEmpty() || key.chars().anyMatch(Character::isWhitespace)) {
      throw SqlRefusal.syntax("Invalid credentials: an access key is malformed", token.start());
    }
  }
}
