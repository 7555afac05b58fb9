package io.sluice.loader.warehouse;

import com.amazon.redshift.util.RedshiftException;
import com.amazon.redshift.util.ServerErrorMessage;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Sorts what the driver throws by what may be done about it: by SQLSTATE where there is a telling
 * one, then by the text, for Redshift reports most failures of COPY as XX000.
 *
 * <p>What no rule knows is transient: it keeps the messages and tries again, and loses nothing.
 */
final class SqlFailures {
  private static final Pattern PASSING =
      Pattern.compile(
          "s3serviceexception|slowdown|internalerror|retries exceeded|timed? ?out|connection (failed|reset)",
          Pattern.CASE_INSENSITIVE);

  /** Query cancelled, by its time limit or by a person. */
  static final String TIMEOUT = "57014";

  private static final String WAITS =
      "as a rule it passes: the loader tries again by itself, a command is to be run again";

  /** The driver's own state for what it did not expect. */
  private static final String UNEXPECTED = "99999";

  private static final String IAM_REMEDY =
      "let the loader's role do redshift:GetClusterCredentials (or"
          + " redshift-serverless:GetCredentials) and check region, user and the options of"
          + " warehouse.url";

  private static final String LOGIN_REMEDY = "check warehouse.user and warehouse.password";

  /** While connecting, these come before the others. */
  private static final List<Rule> CONNECT_RULES =
      List.of(
          rule(
              text("could not be verified by host ?name"),
              FailureKind.MISCONFIGURED,
              "let warehouse.url name the host as the certificate does, or set"
                  + " warehouse.tls.mode = verify-ca"),
          rule(
              text("certification path|certificate_unknown|certpath|error loading the certificate"),
              FailureKind.MISCONFIGURED,
              "let warehouse.tls.root-cert name the authority that signed the warehouse's"
                  + " certificate"),
          rule(
              text("does not support ssl"),
              FailureKind.MISCONFIGURED,
              "if the way to the warehouse is safe without TLS, set warehouse.tls.mode = off"),
          rule(text("status code: (429|5\\d\\d)|throttl"), FailureKind.TRANSIENT, WAITS),
          rule(
              text(
                  "not authorized to perform|service: redshift|unable to load credentials"
                      + "|unable to load region|missing connection property"),
              FailureKind.MISCONFIGURED,
              IAM_REMEDY));

  /** The first rule that fits decides. */
  private static final List<Rule> RULES =
      List.of(
          // SQLSTATE, from the particular to the class
          rule(state(TIMEOUT), FailureKind.TRANSIENT, "the loader tries again with a smaller load"),
          rule(state("57P0[1-5]|53300|40.*"), FailureKind.TRANSIENT, WAITS),
          rule(
              state("42501"),
              FailureKind.MISCONFIGURED,
              "grant the loader's user the missing permission"),
          rule(
              state("42P01|3F000"),
              FailureKind.MISCONFIGURED,
              "create the table, or run sluice-loader init if it is one of the loader's own"),
          // Whatever its state is: field reports have it with XX000
          rule(
              text("cannot copy into nonexistent table"),
              FailureKind.MISCONFIGURED,
              "create the table, or take it out of tables"),
          rule(
              state("42703"),
              FailureKind.MISCONFIGURED,
              "add the column to the table, or take it out of the writer's settings"),
          rule(state("42.*"), FailureKind.MISCONFIGURED, "compare the settings with the table"),
          rule(state("28.*"), FailureKind.MISCONFIGURED, LOGIN_REMEDY),
          rule(
              state("3D000"),
              FailureKind.MISCONFIGURED,
              "check the name of the database in warehouse.url"),
          rule(
              state("53100"),
              FailureKind.MISCONFIGURED,
              "free disk space in the warehouse, or resize it"),
          rule(
              text("incompatible (parquet )?schema"),
              FailureKind.BAD_DATA,
              "compare the columns of the file with the table's"),
          // Of an upsert, which moves rows by itself
          rule(
              state("22001|22003|22007|22008|22P02|23502"),
              FailureKind.BAD_DATA,
              "repair the data or the table: its files stay in S3"),
          rule(
              text("cannot insert a null value|value too long for"),
              FailureKind.BAD_DATA,
              "repair the data or the table: its files stay in S3"),
          // Text, where the state says nothing
          rule(
              text("could not resolve|unknown ?host|UnknownHostException"),
              FailureKind.TRANSIENT,
              "if it stays so, check the host in warehouse.url"),
          rule(
              text(
                  "\\b1023\\b|serializable isolation violation|conflict with concurrent"
                      + " transaction"),
              FailureKind.TRANSIENT,
              WAITS),
          rule(
              text("load into table .* failed|stl_load_errors|sys_load_error_detail"),
              FailureKind.BAD_DATA,
              "repair the data or the table: its files stay in S3"),
          rule(
              text("mandatory url is not present"),
              FailureKind.BAD_DATA,
              "bring the missing file back to S3: the batch is tried again"),
          rule(
              text("access ?denied|status 403|not authorized|invalidaccesskeyid"),
              FailureKind.MISCONFIGURED,
              "let warehouse.iam-role read the batch folders, and the cluster assume it"),
          rule(
              text("requires full path of an s3 object"),
              FailureKind.MISCONFIGURED,
              "let warehouse.iam-role read _copy/ in the batch folder"),
          rule(text("nosuchbucket"), FailureKind.MISCONFIGURED, "check loader.batch-folders"),
          rule(
              text("disk full|out of disk|no space left"),
              FailureKind.MISCONFIGURED,
              "free disk space in the warehouse, or resize it"),
          rule(
              text("password authentication failed|authentication failed"),
              FailureKind.MISCONFIGURED,
              LOGIN_REMEDY),
          rule(
              text("syntax error"),
              FailureKind.MISCONFIGURED,
              "this is a fault in Sluice or a warehouse that it does not know: please report it"),
          rule(
              text("slowdown|slow down|internalerror|status 50[03]|retries exceeded|s3 ?query"),
              FailureKind.TRANSIENT,
              WAITS),
          rule(
              text("resiz|paus|restart|read-?only|maintenance|not available"),
              FailureKind.TRANSIENT,
              "the loader waits until the warehouse is back"));

  private SqlFailures() {}

  /**
   * A failure of a statement that only prepares or notes the load, such as one that waits for a
   * lock: what is loaded is no smaller for it, so that running out of time says nothing about the
   * load's size.
   */
  static WarehouseException failedBesideCopy(String attempt, SQLException e) {
    if (!TIMEOUT.equals(e.getSQLState())) {
      return failed(attempt, e);
    }
    return new WarehouseException(
        FailureKind.TRANSIENT,
        "cannot " + attempt + " in time: " + describe(e),
        "the loader tries again; if it stays so, look in svv_transactions for who holds a lock, or"
            + " at the queue of the workload management",
        e);
  }

  /** A failure before the commit was asked for: nothing was committed. */
  static WarehouseException failed(String attempt, SQLException e) {
    Optional<Rule> rule = ruleFor(RULES, e);
    return new WarehouseException(
        rule.map(Rule::kind).orElse(FailureKind.TRANSIENT),
        "cannot " + attempt + ": " + describe(e),
        rule.map(Rule::remedy).orElse(WAITS),
        TIMEOUT.equals(e.getSQLState()),
        e);
  }

  /** A failure before there was a session. */
  static WarehouseException failedToConnect(String attempt, SQLException thrown) {
    SQLException e = told(thrown);
    Optional<Rule> rule = ruleFor(CONNECT_RULES, e);
    return rule.isEmpty()
        ? failed(attempt, e)
        : new WarehouseException(
            rule.get().kind(), "cannot " + attempt + ": " + describe(e), rule.get().remedy(), e);
  }

  /** What the driver did not expect, such as an answer of IAM, is told by its cause only. */
  private static SQLException told(SQLException e) {
    return UNEXPECTED.equals(e.getSQLState()) && e.getCause() != null
        ? new SQLException(String.valueOf(e.getCause().getMessage()), UNEXPECTED, e)
        : e;
  }

  /** Whether the warehouse knows neither this user nor this password. */
  static boolean isRefusedLogin(SQLException e) {
    return state("28.*").test(e) || text("authentication failed").test(e);
  }

  /**
   * A failure while the commit was on its way: certain only when the warehouse itself says that it
   * aborted.
   */
  static WarehouseException failedToCommit(SQLException e) {
    boolean aborted = state("40.*").test(e) || text("serializable isolation violation").test(e);
    return new WarehouseException(
        aborted ? FailureKind.TRANSIENT : FailureKind.UNKNOWN,
        (aborted ? "the warehouse refused to commit: " : "cannot tell whether it committed: ")
            + describe(e),
        "the loader asks the ledger",
        e);
  }

  /** Whether COPY's reason for refusing a file is no fault of the file. */
  static boolean isPassing(String reason) {
    return PASSING.matcher(reason).find();
  }

  /** Whether a table or a column is missing. */
  static boolean isMissing(SQLException e) {
    return state("42P01|42703").test(e)
        || text("nonexistent table|column .* does not exist|does not exist in the table").test(e);
  }

  /** The server's words on one line: the message, and the detail where there is one. */
  static String describe(SQLException e) {
    String state = e.getSQLState() == null ? "" : " [" + e.getSQLState() + "]";
    return words(e).strip().replaceAll("\\s*\\R\\s*", " | ") + state;
  }

  private static Optional<Rule> ruleFor(List<Rule> rules, SQLException e) {
    return rules.stream().filter(rule -> rule.applies().test(e)).findFirst();
  }

  private static String words(SQLException e) {
    String message = String.valueOf(e.getMessage());
    if (e instanceof RedshiftException redshift) {
      ServerErrorMessage server = redshift.getServerErrorMessage();
      if (server != null) {
        String detail = server.getDetail();
        boolean told = detail == null || message.contains(detail);
        return told ? message : message + "\n" + detail;
      }
    }
    return message;
  }

  private static Predicate<SQLException> state(String pattern) {
    Pattern compiled = Pattern.compile(pattern);
    return e -> e.getSQLState() != null && compiled.matcher(e.getSQLState()).matches();
  }

  private static Predicate<SQLException> text(String pattern) {
    Pattern compiled = Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
    return e -> compiled.matcher(words(e)).find();
  }

  private static Rule rule(Predicate<SQLException> applies, FailureKind kind, String remedy) {
    return new Rule(applies, kind, remedy);
  }

  private record Rule(Predicate<SQLException> applies, FailureKind kind, String remedy) {}
}
