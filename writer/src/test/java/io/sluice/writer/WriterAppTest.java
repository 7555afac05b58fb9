package io.sluice.writer;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.writer.map.RecordMapper;
import io.sluice.writer.map.Rows;
import io.sluice.writer.map.StreamRecord;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the application does without Spark. */
class WriterAppTest {
  @TempDir private Path folder;

  /** A mapper that leaves every record out. */
  public static final class Nothing implements RecordMapper {
    @Override
    public void map(StreamRecord record, Rows rows) {
      // As its name says.
    }
  }

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void printsEverySettingThatHolds() throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("writer.conf"),
            """
            writer {
              application = clicks
              batch-folder = "s3://bucket/clicks"
              queue.url = "https://sqs.eu-central-1.amazonaws.com/123456789012/clicks"
              source.streams = [clicks, views]
              mapper { class = "io.sluice.writer.WriterAppTest$Nothing", settings { api-token = s3cr3t, country = CH } }
              tables = [ { name = clicks, columns = [ { name = id, type = bigint } ] } ]
            }
            """);

    assertThat(execute("--config", config.toString(), "--print-config")).isZero();

    assertThat(out.toString())
        .contains("writer.application = clicks\n")
        .contains("writer.interval = 10s  # default\n")
        .contains("writer.source.streams = [clicks, views]\n")
        .contains("writer.mapper.settings.country = CH\n")
        .contains("writer.mapper.settings.api-token = ********\n")
        .contains("writer.files.target-size = 16MiB  # default\n")
        .doesNotContain("s3cr3t");
  }

  @Test
  void settingsThatAreNotThereEndWith2() {
    assertThat(execute("--config", folder.resolve("none.conf").toString(), "--print-config"))
        .isEqualTo(2);
  }

  @Test
  void checkAndPrintConfigExcludeEachOther() {
    assertThat(execute("--config", "a.conf", "--check", "--print-config")).isEqualTo(2);

    assertThat(err.toString()).contains("--check", "--print-config", "mutually exclusive");
  }

  private int execute(String... arguments) {
    return new CommandLine(new WriterApp())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }
}
