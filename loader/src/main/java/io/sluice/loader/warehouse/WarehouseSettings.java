package io.sluice.loader.warehouse;

import static java.util.Objects.requireNonNull;

import io.sluice.common.config.Secret;
import io.sluice.common.config.Settings;
import io.sluice.loader.login.LoginSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How the warehouse is reached.
 *
 * @param url the driver's address, {@code jdbc:redshift://host:port/database}, with options of the
 *     driver behind a {@code ?}
 * @param login who loads, and how it logs in
 * @param tls how the connection is kept private
 * @param iamRole the role by which COPY reads the files: its ARN, or {@code default} for the
 *     cluster's own
 * @param ledger where the loader keeps its own tables
 * @param statementTimeout the longest that one statement may take
 * @param lockTimeout the longest that a load waits for another load of its table, and keeps others
 *     from their turn
 * @param queryGroup the query group by which workload management sorts the loads, if any
 */
public record WarehouseSettings(
    String url,
    LoginSettings login,
    TlsSettings tls,
    String iamRole,
    LedgerSchema ledger,
    Duration statementTimeout,
    Duration lockTimeout,
    Optional<String> queryGroup) {
  /** The longest that a statement may take where the settings say nothing. */
  public static final Duration STATEMENT_TIMEOUT = Duration.ofHours(1);

  /** How long a load waits for its table's lock where the settings say nothing. */
  public static final Duration LOCK_TIMEOUT = Duration.ofMinutes(1);

  private static final Pattern ROLE = Pattern.compile("arn:[a-z-]+:iam::[0-9]{12}:role/[^',\\s]+");
  private static final Pattern SECRET =
      Pattern.compile("(?i)[?;&][a-z_]*(password|pwd|secret|secretaccesskey|token)=");

  public WarehouseSettings {
    requireNonNull(url, "url");
    requireNonNull(login, "login");
    requireNonNull(tls, "tls");
    requireNonNull(ledger, "ledger");
    requireNonNull(statementTimeout, "statementTimeout");
    requireNonNull(lockTimeout, "lockTimeout");
    requireNonNull(queryGroup, "queryGroup");
    requireRole(iamRole);
  }

  /** A login by user and password, one ledger for all tables, and the default wait for a lock. */
  public WarehouseSettings(
      String url,
      String user,
      Secret password,
      String iamRole,
      String ledgerSchema,
      Duration statementTimeout,
      Optional<String> queryGroup) {
    this(
        url,
        LoginSettings.of(user, password),
        TlsSettings.unlessSaidBy(url),
        iamRole,
        new LedgerSchema(ledgerSchema, false),
        statementTimeout,
        LOCK_TIMEOUT,
        queryGroup);
  }

  /** Reads the section {@code warehouse}. */
  public static WarehouseSettings read(Settings settings) {
    String url = readUrl(settings);
    LoginSettings login = LoginSettings.read(settings, url, System.getenv());
    TlsSettings tls = settings.section("tls", section -> TlsSettings.read(section, url));
    String role = settings.parsed("iam-role", WarehouseSettings::requireRole);
    LedgerSchema ledger = settings.section("ledger", LedgerSchema::read);
    Duration timeout = settings.duration("statement-timeout", STATEMENT_TIMEOUT);
    Duration lockTimeout = settings.duration("lock-timeout", LOCK_TIMEOUT);
    Optional<String> queryGroup = settings.optionalString("query-group");
    return settings.valid(
        () ->
            new WarehouseSettings(url, login, tls, role, ledger, timeout, lockTimeout, queryGroup));
  }

  /** A problem shows its value, so a URL that carries a password is told by hand. */
  private static String readUrl(Settings settings) {
    String url = settings.string("url");
    if (url != null && SECRET.matcher(url).find()) {
      settings.problem(
          "url", "********", "must not carry a password, key or token: use warehouse.password");
    } else if (url != null && !url.startsWith("jdbc:redshift:")) {
      settings.problem("url", url, "must be jdbc:redshift://host:port/database");
    }
    return url;
  }

  private static String requireRole(String role) {
    if (!role.equals("default") && !ROLE.matcher(role).matches()) {
      throw new IllegalArgumentException(
          "must be arn:aws:iam::<12-digit account>:role/<name>, or default");
    }
    return role;
  }
}
