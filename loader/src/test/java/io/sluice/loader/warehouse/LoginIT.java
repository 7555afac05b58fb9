package io.sluice.loader.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.common.aws.AwsSettings;
import io.sluice.common.aws.AwsSettings.Service;
import io.sluice.common.config.Secret;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.login.AwsStandIn;
import io.sluice.loader.login.LoginSettings;
import io.sluice.loader.login.LoginSettings.Method;
import io.sluice.loader.login.LoginSources;
import io.sluice.loader.stack.LoaderStack;
import io.sluice.loader.warehouse.TlsSettings.Mode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The real driver's logins: TLS against the stack, IAM and secrets against AWS's protocols. */
class LoginIT {
  private static final TableName TABLE = TableName.parse("public.logins");

  private final LoaderStack stack = LoaderStack.shared();
  private final String schema = LoaderStack.newName("ledger");
  private final String user = stack.redshift().user();
  private final String password = stack.redshift().password();
  private final String address = stack.redshift().url().replaceAll("^jdbc:redshift:|\\?.*", "");
  private final TlsSettings trusting =
      new TlsSettings(Optional.of(Mode.VERIFY_FULL), stack.redshift().caFile());

  @BeforeEach
  void initialise() {
    new RedshiftWarehouse(stack.warehouse(schema)).initialise(List.of(TABLE));
  }

  @Test
  void takesNoCertificateThatNobodyVouchesFor() {
    TlsSettings tls = TlsSettings.unlessSaidBy("jdbc:redshift:" + address);
    assertThat(tls.mode()).contains(Mode.VERIFY_FULL);

    assertThatThrownBy(() -> begin("jdbc:redshift:" + address, tls))
        .isInstanceOfSatisfying(
            WarehouseException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(FailureKind.MISCONFIGURED);
              assertThat(e.remedy()).contains("warehouse.tls.root-cert");
            });
    begin("jdbc:redshift:" + address, trusting);
    begin("jdbc:redshift:" + address, new TlsSettings(Optional.of(Mode.OFF), Optional.empty()));
    begin(stack.redshift().url(), TlsSettings.unlessSaidBy(stack.redshift().url()));
  }

  @Test
  void takesACertificateForAnotherHostOnlyWhenTold() {
    // The same address, spelled in a way that the certificate does not name.
    String elsewhere = "jdbc:redshift:" + address.replace("127.0.0.1", "127.1");

    assertThatThrownBy(() -> begin(elsewhere, trusting))
        .isInstanceOfSatisfying(
            WarehouseException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(FailureKind.MISCONFIGURED);
              assertThat(e.remedy()).contains("verify-ca");
            });
    begin(elsewhere, new TlsSettings(Optional.of(Mode.VERIFY_CA), stack.redshift().caFile()));
  }

  @Test
  void namesARootCertificateThatIsNone() {
    assertThatThrownBy(
            () ->
                begin(
                    "jdbc:redshift:" + address,
                    new TlsSettings(
                        Optional.of(Mode.VERIFY_FULL), Optional.of(Path.of("pom.xml")))))
        .isInstanceOfSatisfying(
            WarehouseException.class,
            e -> assertThat(e.kind()).isEqualTo(FailureKind.MISCONFIGURED));
  }

  @Test
  void entersAClusterByIam() {
    String answer =
        """
        <GetClusterCredentialsResponse xmlns="http://redshift.amazonaws.com/doc/2012-12-01/">
          <GetClusterCredentialsResult>
            <DbUser>%s</DbUser><DbPassword>%s</DbPassword><Expiration>%s</Expiration>
          </GetClusterCredentialsResult>
          <ResponseMetadata><RequestId>1</RequestId></ResponseMetadata>
        </GetClusterCredentialsResponse>"""
            .formatted(user, password, Instant.parse("2099-01-01T00:00:00Z"));
    try (AwsStandIn iam = new AwsStandIn("text/xml", request -> answer)) {
      String url =
          "jdbc:redshift:iam:%s?ClusterID=cluster-1&EndpointUrl=%s"
              .formatted(address, iam.address());

      iam(url, Optional.of("loader")).begin(TABLE).close();

      // It looks first whether the host is a name of the user's own for the cluster.
      assertThat(iam.requests())
          .last()
          .asString()
          .contains("Action=GetClusterCredentials")
          .contains("DbUser=loader")
          .contains("ClusterIdentifier=cluster-1");
    }
  }

  @Test
  void entersAWorkgroupByIam() {
    String answer =
        "{\"dbUser\":\"%s\",\"dbPassword\":\"%s\",\"expiration\":4070908800}"
            .formatted(user, password);
    try (AwsStandIn iam = new AwsStandIn("application/x-amz-json-1.1", request -> answer)) {
      String url =
          "jdbc:redshift:iam:%s?isServerless=true&serverlessWorkgroup=group-1&EndpointUrl=%s"
              .formatted(address, iam.address());

      iam(url, Optional.empty()).begin(TABLE).close();

      assertThat(iam.requests())
          .singleElement()
          .asString()
          .contains("RedshiftServerless.GetCredentials")
          .contains("\"workgroupName\":\"group-1\"");
    }
  }

  @Test
  void saysWhatAnIamLoginLacks() {
    String answer =
        """
        <ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>User:
        arn:aws:iam::123456789012:user/u is not authorized to perform: redshift:GetClusterCredentials
        </Message></Error><RequestId>1</RequestId></ErrorResponse>""";
    try (AwsStandIn iam = new AwsStandIn("text/xml", request -> answer)) {
      iam.status(403);
      String url =
          "jdbc:redshift:iam:%s?ClusterID=cluster-2&EndpointUrl=%s"
              .formatted(address, iam.address());

      assertThatThrownBy(() -> iam(url, Optional.of("loader")).begin(TABLE))
          .isInstanceOfSatisfying(
              WarehouseException.class,
              e -> {
                assertThat(e.kind()).isEqualTo(FailureKind.MISCONFIGURED);
                assertThat(e.remedy()).contains("redshift:GetClusterCredentials");
              })
          .hasMessageContaining("by IAM");
    }
  }

  @Test
  void readsARotatedSecretAgainWhenTheWarehouseRefusesTheOldOne() {
    List<String> answers = new CopyOnWriteArrayList<>(List.of("old-word"));
    try (AwsStandIn manager =
        new AwsStandIn(
            "application/x-amz-json-1.1",
            request -> {
              String current = answers.size() > 1 ? answers.remove(0) : answers.get(0);
              return "{\"Name\":\"s\",\"SecretString\":\"{\\\"username\\\":\\\"%s\\\",\\\"password\\\":\\\"%s\\\"}\"}"
                  .formatted(user, current);
            })) {
      answers.add(password);
      LoginSettings login =
          new LoginSettings(
              Method.SECRET,
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.of("s"));
      AwsSettings aws =
          new AwsSettings(
              "us-east-1", Map.of(Service.SECRETS_MANAGER, manager.address()), false, null);
      String url = "jdbc:redshift:" + address;
      Warehouse warehouse =
          new RedshiftWarehouse(
              settings(url, login, trusting), LoginSources.of(login, url, aws), TableSettings::of);

      warehouse.begin(TABLE).close();
      warehouse.begin(TABLE).close();

      assertThat(manager.requests()).hasSize(2);
    }
  }

  private RedshiftWarehouse iam(String url, Optional<String> dbUser) {
    LoginSettings login =
        new LoginSettings(Method.IAM, dbUser, Optional.empty(), Optional.empty(), Optional.empty());
    AwsSettings aws = new AwsSettings("us-east-1", Map.of(), false, null);
    return new RedshiftWarehouse(
        settings(url, login, trusting), LoginSources.of(login, url, aws), TableSettings::of);
  }

  private void begin(String url, TlsSettings tls) {
    LoginSettings login = LoginSettings.of(user, new Secret(password));
    new RedshiftWarehouse(settings(url, login, tls)).begin(TABLE).close();
  }

  private WarehouseSettings settings(String url, LoginSettings login, TlsSettings tls) {
    return new WarehouseSettings(
        url,
        login,
        tls,
        "default",
        new LedgerSchema(schema, false),
        Duration.ofMinutes(1),
        WarehouseSettings.LOCK_TIMEOUT,
        Optional.empty());
  }
}
