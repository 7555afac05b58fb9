package io.sluice.stack.redshift.dialect;

import io.sluice.stack.redshift.dialect.Translation.Kind;
import io.sluice.stack.redshift.sql.Token;
import io.sluice.stack.redshift.sql.TokenCursor;
import java.util.List;
import java.util.Set;

/**
 * SET, SHOW and RESET of settings that only Redshift has, and the isolation levels that it accepts
 * and does not heed: a Redshift database has one isolation, whatever its sessions ask for.
 */
final class SettingStatement {
  private static final Set<String> REDSHIFT_ONLY =
      Set.of(
          "analyze_threshold_percent",
          "cast_super_null_on_error",
          "datashare_break_glass_session_var",
          "default_geometry_encoding",
          "describe_field_name_in_uppercase",
          "downcase_delimited_identifier",
          "enable_case_sensitive_identifier",
          "enable_case_sensitive_super_attribute",
          "enable_numeric_rounding",
          "enable_result_cache_for_session",
          "enable_vacuum_boost",
          "error_on_nondeterministic_update",
          "json_serialization_enable",
          "json_serialization_parse_nested_strings",
          "max_concurrency_scaling_clusters",
          "max_cursor_result_set_size",
          "mv_enable_aqmv_for_session",
          "navigate_super_null_on_error",
          "parse_super_null_on_error",
          "query_group",
          "spectrum_enable_pseudo_columns",
          "stored_proc_log_min_messages",
          "use_fips_ssl",
          "wlm_json_configuration",
          "wlm_query_slot_count");

  /** The database has its isolation, and no session another one. */
  private static final Set<String> ISOLATION =
      Set.of("default_transaction_isolation", "transaction_isolation");

  private static final String IGNORED_ISOLATION = "SET redshift.isolation_level TO 'ignored'";

  private SettingStatement() {}

  static String rewrite(String sql, List<Token> statement) {
    TokenCursor cursor = new TokenCursor(statement);
    cursor.next();
    if (cursor.at("SESSION", "CHARACTERISTICS") || cursor.at("TRANSACTION")) {
      return characteristics(sql, statement);
    }
    if (cursor.at("SESSION") || cursor.at("LOCAL")) {
      cursor.next();
    }
    Edits edits = new Edits();
    Token name = cursor.peek();
    if (name.isName() && ISOLATION.contains(name.name())) {
      return IGNORED_ISOLATION;
    }
    if (name.is("READONLY")) {
      edits.replace(name, "default_transaction_read_only");
    } else if (name.isName() && REDSHIFT_ONLY.contains(name.name())) {
      edits.replace(name, "redshift." + name.name());
    }
    return edits.apply(sql, statement.get(0).start(), statement.get(statement.size() - 1).start());
  }

  /** SHOW, whose column is named as the client has written the setting. */
  static Translation show(String sql, List<Token> statement) {
    TokenCursor cursor = new TokenCursor(statement);
    cursor.expect("SHOW");
    Token name = cursor.expectName();
    if (!cursor.atEnd() || !REDSHIFT_ONLY.contains(name.name())) {
      return Translation.of(
          Kind.PASSED,
          sql.substring(statement.get(0).start(), statement.get(statement.size() - 1).start()));
    }
    return Translation.of(
            Kind.PASSED, "select current_setting('redshift.%1$s') as %1$s".formatted(name.name()))
        .tagged("SHOW");
  }

  /** BEGIN or START TRANSACTION with whatever it says but the isolation level. */
  static String withoutIsolation(String sql, List<Token> statement) {
    Edits edits = new Edits();
    for (int i = 0; i + 2 < statement.size(); i++) {
      if (statement.get(i).is("ISOLATION") && statement.get(i + 1).is("LEVEL")) {
        Token level = statement.get(i + 2);
        boolean twoWords = level.is("READ") || level.is("REPEATABLE");
        Token last = twoWords ? statement.get(i + 3) : level;
        boolean comma = i > 0 && statement.get(i - 1).isSymbol(",");
        edits.remove(comma ? statement.get(i - 1) : statement.get(i), last);
      }
    }
    return edits.apply(sql, statement.get(0).start(), statement.get(statement.size() - 1).start());
  }

  private static String characteristics(String sql, List<Token> statement) {
    boolean isolation = statement.stream().anyMatch(token -> token.is("ISOLATION"));
    String text =
        sql.substring(statement.get(0).start(), statement.get(statement.size() - 1).start());
    return isolation ? IGNORED_ISOLATION : text;
  }
}
