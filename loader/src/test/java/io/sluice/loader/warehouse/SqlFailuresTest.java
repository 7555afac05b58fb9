package io.sluice.loader.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazon.redshift.util.RedshiftException;
import com.amazon.redshift.util.ServerErrorMessage;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlFailuresTest {
  @ParameterizedTest(name = "[{0}] {1}: {3}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "XX000 | 1023 | Serializable isolation violation on table - 100, transactions are: 1, 2 | TRANSIENT",
        "XX000 | ERROR: 1023 | - | TRANSIENT",
        "XX000 | could not complete because of conflict with concurrent transaction | - | TRANSIENT",
        "40001 | could not serialize access due to concurrent update | - | TRANSIENT",
        "40P01 | deadlock detected | - | TRANSIENT",
        "08006 | An I/O error occurred while sending to the backend. | - | TRANSIENT",
        "08001 | Connection refused | - | TRANSIENT",
        "08S01 | EOF | - | TRANSIENT",
        "57P01 | terminating connection due to administrator command | - | TRANSIENT",
        "57P03 | the database system is starting up | - | TRANSIENT",
        "53300 | too many connections | - | TRANSIENT",
        "XX000 | S3ServiceException:Please reduce your request rate.,Status 503,Error SlowDown | - | TRANSIENT",
        "XX000 | S3ServiceException:We encountered an internal error.,Status 500,Error InternalError | - | TRANSIENT",
        "XX000 | S3Query Exception | error: S3Query Exception Connection failed, retries exceeded code: 15005 | TRANSIENT",
        "XX000 | S3 Query Exception (Fetch) | code: 15001 | TRANSIENT",
        "XX000 | cluster is being resized, please try later | - | TRANSIENT",
        "XX000 | The cluster is paused | - | TRANSIENT",
        "25006 | cannot execute COPY in a read-only transaction | - | TRANSIENT",
        "57014 | Query (12) cancelled on user's request | - | TRANSIENT",
        "XX000 | something that nobody has seen before | - | TRANSIENT",
        "- | no words and no state | - | TRANSIENT",
        "XX000 | Load into table 'orders' failed.  Check 'stl_load_errors' system table for details. | - | BAD_DATA",
        "XX000 | Mandatory url is not present in manifest file. | error code: 8001 | BAD_DATA",
        "XX000 | S3ServiceException:Access Denied,Status 403,Error AccessDenied,Rid 1A,CanRetry 1 | error code: 8001 | MISCONFIGURED",
        "XX000 | COPY with MANIFEST parameter requires full path of an S3 object. | error code: 8001 | MISCONFIGURED",
        "XX000 | User arn:aws:redshift:eu:1:dbuser:c/u is not authorized to assume IAM Role | - | MISCONFIGURED",
        "XX000 | Disk Full | - | MISCONFIGURED",
        "XX000 | Cannot COPY into nonexistent table orders | - | MISCONFIGURED",
        "53100 | could not extend relation | - | MISCONFIGURED",
        "42501 | permission denied for relation orders | - | MISCONFIGURED",
        "42P01 | relation \"orders\" does not exist | - | MISCONFIGURED",
        "3F000 | schema \"sluice\" does not exist | - | MISCONFIGURED",
        "42703 | column \"mag\" of relation \"orders\" does not exist | - | MISCONFIGURED",
        "42601 | syntax error at or near \"COPY\" | - | MISCONFIGURED",
        "28000 | password authentication failed for user \"loader\" | - | MISCONFIGURED",
        "28P01 | password authentication failed for user \"loader\" | - | MISCONFIGURED",
        "3D000 | database \"dev2\" does not exist | - | MISCONFIGURED"
      })
  void sortsByStateThenByTextAndDetail(
      String state, String message, String detail, FailureKind kind) {
    SQLException failure = server(state, message, detail);

    WarehouseException sorted = SqlFailures.failed("copy", failure);

    assertThat(sorted.kind()).isEqualTo(kind);
    assertThat(sorted).hasMessageStartingWith("cannot copy: ").hasCause(failure);
    assertThat(sorted.getMessage()).contains(message).doesNotContain("\n");
    assertThat(sorted.remedy()).isNotBlank();
    assertThat(sorted.isTimeout()).isEqualTo("57014".equals(state));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "SSL error: PKIX path building failed: unable to find valid certification path to requested target | MISCONFIGURED | tls.root-cert",
        "The hostname h could not be verified by hostnameverifier RedshiftjdbcHostnameVerifier. | MISCONFIGURED | tls.mode = verify-ca",
        "The server does not support SSL. | MISCONFIGURED | tls.mode = off",
        "User: arn:aws:iam::1:user/u is not authorized to perform: redshift:GetClusterCredentials | MISCONFIGURED | redshift:GetClusterCredentials",
        "Connection refused | TRANSIENT | tries again"
      })
  void knowsWhatKeepsItFromConnecting(String message, FailureKind kind, String remedy) {
    WarehouseException sorted =
        SqlFailures.failedToConnect("connect", new SQLException(message, "08006"));

    assertThat(sorted.kind()).isEqualTo(kind);
    assertThat(sorted.remedy()).contains(remedy);
  }

  @Test
  void aReasonThatIsNoFaultOfTheFilePasses() {
    assertThat(SqlFailures.isPassing("S3ServiceException:Please reduce your request rate"))
        .isTrue();
    assertThat(SqlFailures.isPassing("Invalid digit, Value 'x', Pos 0, Type: Long")).isFalse();
  }

  @Test
  void doesNotTakeALockThatCameTooLateForALoadThatIsTooLarge() {
    SQLException failure = server("57014", "Query (12) cancelled on user's request", null);

    WarehouseException sorted = SqlFailures.failedBesideCopy("lock sluice.lock_orders", failure);

    assertThat(sorted.isTimeout()).isFalse();
    assertThat(sorted.kind()).isEqualTo(FailureKind.TRANSIENT);
    assertThat(sorted)
        .hasMessageStartingWith("cannot lock sluice.lock_orders in time: ")
        .hasCause(failure);
    assertThat(sorted.remedy()).contains("who holds a lock");
  }

  @Test
  void sortsWhatElseFailsBesideTheCopyLikeTheCopyItself() {
    SQLException failure = server("42P01", "relation \"sluice.lock_orders\" does not exist", null);

    assertThat(SqlFailures.failedBesideCopy("lock sluice.lock_orders", failure).kind())
        .isEqualTo(FailureKind.MISCONFIGURED);
  }

  @Test
  void takesASocketThatTimedOutForTransient() {
    SQLException failure =
        new SQLException("I/O error", "08006", new SocketTimeoutException("Read timed out"));

    assertThat(SqlFailures.failed("copy", failure).kind()).isEqualTo(FailureKind.TRANSIENT);
  }

  @Test
  void showsTheDetailOfTheServer() {
    SQLException failure =
        server("XX000", "1023", "Serializable isolation violation on table - 100");

    assertThat(SqlFailures.describe(failure))
        .contains("1023")
        .contains("Serializable isolation violation on table - 100")
        .endsWith("[XX000]");
  }

  @ParameterizedTest(name = "[{0}] {1} during COMMIT: {2}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "08006 | An I/O error occurred | UNKNOWN",
        "57P01 | terminating connection due to administrator command | UNKNOWN",
        "57014 | cancelled | UNKNOWN",
        "- | EOF | UNKNOWN",
        "40001 | could not serialize access | TRANSIENT",
        "XX000 | 1023: Serializable isolation violation on table - 100 | TRANSIENT"
      })
  void knowsThatACommitMayHaveHappened(String state, String message, FailureKind kind) {
    assertThat(SqlFailures.failedToCommit(new SQLException(message, state)).kind()).isEqualTo(kind);
  }

  private static SQLException server(String state, String message, String detail) {
    if (state == null) {
      return new SQLException(message);
    }
    String fields = "SERROR\0C" + state + "\0M" + message + "\0";
    return new RedshiftException(
        new ServerErrorMessage(detail == null ? fields : fields + "D" + detail + "\0"));
  }
}
