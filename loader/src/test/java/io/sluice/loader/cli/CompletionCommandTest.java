package io.sluice.loader.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script in a real bash, which the launcher needs anyway. */
class CompletionCommandTest {
  @TempDir private Path folder;

  private Path script;

  @BeforeEach
  void print() throws IOException {
    StringWriter out = new StringWriter();
    int code = LoaderCli.commandLine().setOut(new PrintWriter(out)).execute("completion");
    assertThat(code).isZero();
    script = Files.writeString(folder.resolve("completion"), out.toString());
  }

  @Test
  void isValid() throws IOException, InterruptedException {
    assertThat(bash("bash -n " + script)).isEmpty();
    assertThat(Files.readString(script)).contains("bashcompinit");
  }

  @Test
  void completesCommandsOptionsAndTheirValues() throws IOException, InterruptedException {
    assertThat(complete("sluice-loader", "reco")).isEqualTo("reconcile");
    assertThat(complete("sluice-loader", "status", "--wat")).isEqualTo("--watch");
    assertThat(complete("sluice-loader", "status", "--output", "j")).isEqualTo("json");
  }

  /** Outside of a completion, bash complains of {@code compopt}. */
  private String complete(String... words) throws IOException, InterruptedException {
    return bash(
        """
        source %s
        COMP_WORDS=(%s) COMP_CWORD=%d COMP_LINE='%s'
        _complete_sluice-loader 2> /dev/null
        echo "${COMPREPLY[@]}"
        """
            .formatted(script, String.join(" ", words), words.length - 1, String.join(" ", words)));
  }

  private static String bash(String commands) throws IOException, InterruptedException {
    Process bash = new ProcessBuilder("bash", "-c", commands).redirectErrorStream(true).start();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(said).isZero();
    return said.strip();
  }
}
