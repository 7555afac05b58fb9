package io.sluice.common.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every object store does. */
abstract class ObjectStoreContract {
  abstract ObjectStore store();

  @Test
  void givesBackWhatWasPut() {
    store().put("a/b", bytes("one"));
    store().put("a/b", bytes("two"));

    assertThat(store().get("a/b")).hasValue(bytes("two"));
    assertThat(store().exists("a/b")).isTrue();
  }

  @Test
  void aMissingObjectIsEmpty() {
    assertThat(store().get("nowhere")).isEmpty();
    assertThat(store().exists("nowhere")).isFalse();
  }

  @Test
  void takesAKeyOnlyOnce() {
    assertThat(store().putIfAbsent("once", bytes("one"))).isTrue();
    assertThat(store().putIfAbsent("once", bytes("two"))).isFalse();

    assertThat(store().get("once")).hasValue(bytes("one"));
  }

  @Test
  void ofManyRacersForAKeyExactlyOneWins() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Boolean>> racers =
          IntStream.range(0, 24)
              .<Callable<Boolean>>mapToObj(
                  i -> () -> store().putIfAbsent("race", bytes("racer " + i)))
              .collect(Collectors.toList());

      List<Future<Boolean>> outcomes = pool.invokeAll(racers);

      int winners = 0;
      for (int i = 0; i < outcomes.size(); i++) {
        if (outcomes.get(i).get()) {
          winners++;
          assertThat(store().get("race")).hasValue(bytes("racer " + i));
        }
      }
      assertThat(winners).isEqualTo(1);
    } finally {
      pool.shutdownNow();
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
