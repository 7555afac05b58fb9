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
    return Files.isExecutable(PSQL)
        ? Stream.of(
            DynamicTest.dynamicTest("createsLoadsAndSelects", PsqlIT::createsLoadsAndSelects),
            DynamicTest.dynamicTest("showsTheLineOfAnError", PsqlIT::showsTheLineOfAnError),
            DynamicTest.dynamicTest("goesOnAfterAnError", PsqlIT::goesOnAfterAnError))
        : Stream.empty();
  }

  private static void createsLoadsAndSelects() throws Exception {
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

  private static void showsTheLineOfAnError() throws Exception {
    assertThat(psql("create temp table p (id int);\ncopy p\nfrom 's3://lake/x'\nnonsense;\n"))
        .isEqualTo(
            """
            CREATE TABLE
            ERROR:  syntax error at or near "nonsense"
            LINE 3: nonsense;
                    ^
            """);
  }

  private static void goesOnAfterAnError() throws Exception {
    assertThat(psql("begin; select 1/0; select 1;\nrollback; select 2; \\d t\nselect 3;\n"))
        .contains("ERROR:  division by zero\n")
        .contains("ERROR:  current transaction is aborted, commands ignored until end of")
        .contains("\nROLLBACK\n2\n")
        .endsWith("3\n");
  }

  /** What psql prints, errors among it, for this input. */
  private static String psql(String input) throws IOException, InterruptedException {
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
    Process process = builder.redirectErrorStream(true).start();
    try {
      process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      return output;
    } finally {
      process.destroyForcibly();
    }
  }
}
