package io.sluice.loader.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.ContractJson;
import io.sluice.common.manifest.ManifestMessage;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.stack.LoaderPlace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code sluice-loader redrive} as an operator uses it. */
class RedriveIT {
  @RegisterExtension private final LoaderPlace place = new LoaderPlace();

  private final TableName table = place.newTable("things");
  private final BatchFolder folder = place.landed().folder();

  @Test
  void listsDeadLettersAndSendsThemBack() {
    ManifestMessage message = place.landed().land(table, "1,one");
    String ours =
        place.queues().bury(ContractJson.write(message), "its table was not in the settings");
    String foreign = place.queues().bury("{", "not a message");

    assertThat(ask("--list"))
        .startsWith("0: MESSAGE AGE RECEIVES BATCH TABLE REASON VERDICT OUTCOME\n")
        .contains(
            ours
                + " TIME 1 FOLDER#1 TABLE its table was not in the settings the loader takes it"
                + " listed\n")
        .contains(foreign + " TIME 1 - - not a message ");
    assertThat(ask("--dry-run", "--message", ours)).startsWith("0: ").contains("would be sent");
    assertThat(place.queues().messages()).isZero();

    assertThat(ask()).startsWith("1: ").contains(" sent\n").contains(" kept\n");
    assertThat(place.queues().messages()).isEqualTo(1);
    assertThat(ask("--message", foreign, "--force", "--output", "json"))
        .startsWith("0: [\n{\"message\":\"" + foreign + "\"")
        .contains("\"batch\":null")
        .contains("\"outcome\":\"sent\"");
    assertThat(place.queues().messages()).isEqualTo(2);
    assertThat(ask("--list")).hasLineCount(1);
    assertThat(ask("--message", ours))
        .startsWith("1: ")
        .contains("the dead-letter queue gave no message " + ours);
  }

  @Test
  void saysWhatIsMissing() {
    place.configure("loader.queue.dead-letter-url = null");

    assertThat(ask("--list")).startsWith("2: ").contains("loader.queue.dead-letter-url is not set");
    assertThat(ask("--max", "0")).contains("--max: must be 1 or more, not 0");
    place.configure("loader.queue.dead-letter-url = \"" + place.queues().url() + "-gone\"");
    assertThat(ask("--list"))
        .startsWith("1: ")
        .contains("cannot receive from ")
        .contains(": check loader.queue and the permissions on it");
  }

  private String ask(String... more) {
    LoaderPlace.Answer answer = place.ask("redrive", more);
    return (answer.code() + ": " + answer.out() + answer.err())
        .replace(folder.toString(), "FOLDER")
        .replace(table.toString(), "TABLE")
        .replaceAll(" +", " ")
        .replaceAll(" [0-9.]+m?s ", " TIME ");
  }
}
