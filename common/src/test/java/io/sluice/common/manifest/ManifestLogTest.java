package io.sluice.common.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.common.store.InMemoryObjectStore;
import io.sluice.common.store.ObjectStoreException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestLogTest {
  private static final BatchFolder FOLDER = BatchFolder.parse("s3://bucket/clicks");
  private static final String HINT = FOLDER.key(BatchFolder.lastManifestHint());

  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private final ManifestLog log = new ManifestLog(store, FOLDER, Duration.ofSeconds(20));

  @Test
  void startsEmpty() {
    assertThat(log.lastNumber()).isZero();
    assertThat(log.read(1)).isEmpty();
  }

  @Test
  void givesBackWhatWasAppended() {
    log.append(Manifests.takeover(1, "a"));
    log.append(Manifests.batch(2, "a"));

    assertThat(log.lastNumber()).isEqualTo(2);
    assertThat(log.read(2)).hasValue(Manifests.batch(2, "a"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7, 8, 9, 100, 1023, 1024, 1025})
  void findsTheLastNumberWithoutAHint(int count) {
    for (int number = 1; number <= count; number++) {
      log.append(Manifests.takeover(number, "a"));
    }
    store.delete(HINT);

    assertThat(log.lastNumber()).isEqualTo(count);
    assertThat(store.heads()).isLessThan(25);
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "0", "-1", "99", "nonsense", ""})
  void aWrongHintMisleadsNobody(String hint) {
    for (int number = 1; number <= 10; number++) {
      log.append(Manifests.takeover(number, "a"));
    }
    store.put(HINT, hint.getBytes(StandardCharsets.UTF_8));

    assertThat(log.lastNumber()).isEqualTo(10);
  }

  @Test
  void aRivalIsFenced() {
    log.append(Manifests.takeover(1, "a"));
    log.append(Manifests.takeover(2, "b"));

    assertThatThrownBy(() -> log.append(Manifests.batch(2, "a")))
        .isInstanceOf(FencedException.class)
        .hasMessage(
            "manifest 2 of s3://bucket/clicks was written by another writer (host-1/4711, attempt b):"
                + " this writer is fenced and stops");
    assertThat(log.read(2)).hasValue(Manifests.takeover(2, "b"));
    assertThat(log.lastNumber()).isEqualTo(2);
  }

  @Test
  void aWriteWhoseAnswerWasLostCounts() {
    store.loseNextAnswer();

    log.append(Manifests.batch(1, "a"));

    assertThat(log.read(1)).hasValue(Manifests.batch(1, "a"));
  }

  @Test
  void aWriteThatTheClientRepeatedCounts() {
    store.answerNextWriteAsTaken();

    log.append(Manifests.batch(1, "a"));

    assertThat(log.read(1)).hasValue(Manifests.batch(1, "a"));
  }

  @Test
  void aRefusedWriteIsTriedAgain() {
    store.refuseNextWrite();
    store.refuseNextWrite();

    log.append(Manifests.batch(1, "a"));

    assertThat(log.lastNumber()).isEqualTo(1);
  }

  @Test
  void aMisconfigurationIsToldAtOnce() {
    store.forbidNextWrite();

    assertThatThrownBy(() -> log.append(Manifests.batch(1, "a")))
        .isInstanceOf(ObjectStoreException.class)
        .hasMessageContaining("403");
    assertThat(log.lastNumber()).isZero();
  }

  @Test
  void givesUpWhenItsPatienceIsOver() {
    ManifestLog hasty = new ManifestLog(store, FOLDER, Duration.ofMillis(200));
    for (int i = 0; i < 1000; i++) {
      store.refuseNextWrite();
    }

    assertThatThrownBy(() -> hasty.append(Manifests.batch(1, "a")))
        .isInstanceOf(ObjectStoreException.class)
        .hasMessageContaining("503");
  }

  @Test
  void aLostHintIsNoFailure() {
    log.append(Manifests.takeover(1, "a"));
    store.delete(HINT);

    log.append(Manifests.takeover(2, "a"));

    assertThat(log.lastNumber()).isEqualTo(2);
  }

  @Test
  void refusesAManifestUnderAnotherNumber() {
    store.put(FOLDER.key(BatchFolder.manifest(7)), ContractJson.write(Manifests.takeover(8, "a")));

    assertThatThrownBy(() -> log.read(7))
        .isInstanceOf(ContractException.class)
        .hasMessage(
            "s3://bucket/clicks/_manifests/00000000000000000007.json says that it is manifest 8");
  }
}
