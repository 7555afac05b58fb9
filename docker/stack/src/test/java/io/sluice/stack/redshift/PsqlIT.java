package io.sluice.stack.redshift;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A person's session through psql; there is no such test where there is no psql. */
class PsqlIT extends RedshiftServerCase {
  private static final Path PSQL = Path.of("/usr/bin/psql");

  @TestFactory
  Stream<DynamicTest> psql() {
    if (!Files.isExecutable(PSQL)) {
      return Stream.empty();
    }
    return Stream.of(new Client(false), new Client(true)).flatMap(Client::tests);
  }

  /** psql, in the clear or encrypted and suspicious. */
  private record Client(boolean encrypted) {
    Stream<DynamicTest> tests() {
      String how = encrypted ? " by TLS" : "";
      return Stream.of(
          DynamicTest.dynamicTest("createsLoadsAndSelects" + how, this::createsLoadsAndSelects),
          DynamicTest.dynamicTest("showsTheLineOfAnError" + how, this::showsTheLineOfAnError),
          DynamicTest.dynamicTest("goesOnAfterAnError" + how, this::goesOnAfterAnError),
          DynamicTest.dynamicTest("describesTables" + how, this::describesTables),
          DynamicTest.dynamicTest("takesAllItsStatements" + how, this::takesAllItsStatements),
          DynamicTest.dynamicTest("tellsHowItIsConnected" + how, this::tellsHowItIsConnected));
    }

    private void createsLoadsAndSelects() throws Exception {
      String file = objects().put("psql/1.csv", "1,a\n2,b\n");

      assertThat(
              psql(
                  "create temp table p (id int distkey, name varchar(4));\n"
                      + "copy p from '%s' iam_role default csv;\n".formatted(file)
                      + "select id, name from p order by id;\n"))
          .isEqualTo(
              """
            CREATE TABLE
            INFO:  Load into table 'p' completed, 2 record(s) loaded successfully.
            COPY
            1|a
            2|b
            """);
    }

    private void showsTheLineOfAnError() throws Exception {
      assertThat(psql("create temp table p (id int);\ncopy p\nfrom 's3://lake/x'\nnonsense;\n"))
          .isEqualTo(
              """
            CREATE TABLE
            ERROR:  syntax error at or near "nonsense"
            LINE 3: nonsense;
                    ^
            """);
    }

    private void goesOnAfterAnError() throws Exception {
      assertThat(psql("begin; select 1/0; select 1;\nrollback; select 2; \\d t\nselect 3;\n"))
          .contains("ERROR:  division by zero\n")
          .contains("ERROR:  current transaction is aborted, commands ignored until end of")
          .contains("\nROLLBACK\n2\n")
          .endsWith("3\n");
    }

    private void describesTables() throws Exception {
      assertThat(psql("create temp table d (id int not null, s super);\n\\d t\n\\dt public.t\n"))
          .contains("id|integer||not null|")
          .contains("name|character varying(8)|||")
          .contains("public|t|table|awsuser");
    }

    private void takesAllItsStatements() throws Exception {
      assertThat(
              psql(
                  """
                  create temp table m (id int);
                  create temp table n (id int);
                  insert into m values (1), (2);
                  insert into n values (2), (3);
                  merge into m using n on m.id = n.id remove duplicates;
                  select listagg(id, ',') within group (order by id) from m;
                  show query_group;
                  vacuum m;
                  analyze m;
                  create table a (id int);
                  alter table a append from n;
                  begin;
                  alter table a append from n;
                  rollback;
                  truncate a;
                  drop table a;
                  """))
          .isEqualTo(
              """
            CREATE TABLE
            CREATE TABLE
            INSERT 0 2
            INSERT 0 2
            MERGE
            1,2,3
            unset
            VACUUM
            ANALYZE
            CREATE TABLE
            ALTER TABLE
            BEGIN
            ERROR:  ALTER TABLE APPEND cannot run inside a transaction block
            ROLLBACK
            TRUNCATE TABLE
            DROP TABLE
            """);
    }

    private void tellsHowItIsConnected() throws Exception {
      assertThat(psql("\\conninfo\n").contains("SSL connection")).isEqualTo(encrypted);
    }

    /** What psql prints, errors among it, for this input. */
    private String psql(String input) throws IOException, InterruptedException {
      ProcessBuilder builder =
          new ProcessBuilder(
              PSQL.toString(),
              "--no-psqlrc",
              "--tuples-only",
              "--no-align",
              "--host=127.0.0.1",
              "--port=" + server().port(),
              "--username=" + server().user(),
              "dev");
      builder.environment().put("PGPASSWORD", server().password());
      builder.environment().put("LC_ALL", "C.UTF-8");
      Path authority = Files.createTempFile("authority", ".pem");
      Files.writeString(authority, server().authorityPem());
      builder.environment().put("PGSSLMODE", encrypted ? "verify-full" : "disable");
      builder.environment().put("PGSSLROOTCERT", authority.toString());
      Process process = builder.redirectErrorStream(true).start();
      try {
        process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return output;
      } finally {
        process.destroyForcibly();
        Files.delete(authority);
      }
    }
  }
}
