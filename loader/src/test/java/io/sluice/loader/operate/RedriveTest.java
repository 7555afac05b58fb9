package io.sluice.loader.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.ContractJson;
import io.sluice.common.manifest.ManifestMessage;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.intake.Addressee;
import io.sluice.loader.intake.InMemoryDeadLetters;
import io.sluice.loader.operate.Redrive.Action;
import io.sluice.loader.operate.Redrive.Outcome;
import io.sluice.loader.operate.Redrive.Redriven;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedriveTest {
  private static final TableName TABLE = TableName.parse("things");
  private static final BatchFolder FOLDER = BatchFolder.parse("s3://bucket/x");

  private final InMemoryDeadLetters letters = new InMemoryDeadLetters();
  private final Redrive redrive =
      new Redrive(letters, new Addressee(Set.of(FOLDER), Set.of(TABLE)));
  private final List<Redriven> told = new ArrayList<>();

  private final ManifestMessage ours = message(FOLDER, TABLE);

  @BeforeEach
  void fill() {
    letters.put(ContractJson.write(ours), Map.of("sluice-reason", "once it was foreign"));
    letters.put("{", Map.of("sluice-reason", "no message"));
    letters.put(ContractJson.write(message(BatchFolder.parse("s3://else/x"), TABLE)), Map.of());
    letters.put(ContractJson.write(message(FOLDER, TableName.parse("others"))), Map.of());
  }

  @Test
  void listsWithVerdictsAndSendsNothing() {
    redrive.run(Action.LIST, 100, Set.of(), told::add);

    assertThat(told).extracting(Redriven::outcome).containsOnly(Outcome.LISTED);
    assertThat(told.get(0).message()).contains(ours);
    assertThat(told.get(0).verdict()).isEmpty();
    assertThat(told.get(1).verdict()).isNotEmpty();
    assertThat(told.get(2).verdict())
        .isEqualTo("s3://else/x is none of this loader's batch-folders");
    assertThat(told.get(3).verdict()).isEqualTo("public.others is none of this loader's tables");
    assertThat(letters.size()).isEqualTo(4);
  }

  @Test
  void sendsBackWhatTheLoaderTakesAndKeepsTheRest() {
    redrive.run(Action.SEND, 100, Set.of(), told::add);

    assertThat(told)
        .extracting(Redriven::outcome)
        .containsExactly(Outcome.SENT, Outcome.KEPT, Outcome.KEPT, Outcome.KEPT);
    assertThat(letters.sentBack()).containsOnlyKeys(ContractJson.write(ours));
    assertThat(letters.hidden()).isEqualTo(3);
  }

  @Test
  void sendsEverythingBackWhenItIsTold() {
    redrive.run(Action.FORCE, 100, Set.of(), told::add);

    assertThat(letters.sentBack()).hasSize(4).containsKey("{");
    assertThat(letters.size()).isZero();
  }

  @Test
  void tellsWhatItWouldDo() {
    redrive.run(Action.DRY_RUN, 100, Set.of(), told::add);

    assertThat(told)
        .extracting(Redriven::outcome)
        .containsExactly(Outcome.WOULD_BE_SENT, Outcome.KEPT, Outcome.KEPT, Outcome.KEPT);
    assertThat(letters.sentBack()).isEmpty();
  }

  @Test
  void sendsOneMessageAndTellsWhichAreNotThere() {
    Set<String> missing = redrive.run(Action.FORCE, 100, Set.of("m2", "gone"), told::add);

    assertThat(missing).containsExactly("gone");
    assertThat(told)
        .extracting(redriven -> redriven.letter().messageId(), Redriven::outcome)
        .containsExactly(tuple("m2", Outcome.SENT));
    assertThat(letters.sentBack()).containsOnlyKeys("{");
  }

  @Test
  void looksAtNoMoreThanItIsTold() {
    for (int i = 0; i < 30; i++) {
      letters.put("more " + i, Map.of());
    }

    redrive.run(Action.LIST, 12, Set.of(), told::add);

    assertThat(told).hasSize(12);
  }

  private static ManifestMessage message(BatchFolder folder, TableName table) {
    return new ManifestMessage(folder, 7, table, 1, 1, 1, Instant.EPOCH, Instant.EPOCH);
  }
}
