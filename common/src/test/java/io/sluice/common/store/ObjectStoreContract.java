package io.sluice.common.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
  void givesAnObjectWhileItComes() throws IOException {
    store().put("streamed", bytes("one two"));

    try (InputStream object = store().open("streamed").orElseThrow()) {
      assertThat(object.readAllBytes()).isEqualTo(bytes("one two"));
    }
    assertThat(store().open("nowhere")).isEmpty();
  }

  @Test
  void listsKeysInTheirOrderWithTheirSizes() {
    for (String key : List.of("list/b", "list/a/2", "list/a/10", "lister", "list/c")) {
      store().put(key, bytes(key));
    }

    assertThat(store().list("list/", ""))
        .toIterable()
        .containsExactly(
            new StoredObject("list/a/10", 9),
            new StoredObject("list/a/2", 8),
            new StoredObject("list/b", 6),
            new StoredObject("list/c", 6));
    assertThat(store().list("list/", "list/a/2"))
        .toIterable()
        .extracting(StoredObject::key)
        .containsExactly("list/b", "list/c");
    assertThat(store().list("nothing/", "").hasNext()).isFalse();
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

  @Test
  void anObjectThatIsSentInPartsIsThereOnlyWhenItIsComplete() {
    byte[] first = new byte[MultipartUpload.LEAST_PART_BYTES];
    Arrays.fill(first, (byte) 'a');
    MultipartUpload upload = store().upload("parts");
    upload.part(2, ObjectBytes.of(bytes("end")));
    upload.part(1, ObjectBytes.of(first));

    assertThat(store().exists("parts")).isFalse();
    upload.complete();

    byte[] whole = store().get("parts").orElseThrow();
    assertThat(whole).hasSize(first.length + 3).startsWith(first).endsWith(bytes("end"));
  }

  @Test
  void aCompletionThatIsRepeatedSucceeds() {
    MultipartUpload upload = store().upload("twice");
    upload.part(1, ObjectBytes.of(bytes("all")));

    upload.complete();
    upload.complete();

    assertThat(store().get("twice")).hasValue(bytes("all"));
  }

  @Test
  void anAbortedUploadLeavesNothing() {
    MultipartUpload upload = store().upload("gone");
    upload.part(1, ObjectBytes.of(bytes("some")));

    upload.abort();

    assertThat(store().exists("gone")).isFalse();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
